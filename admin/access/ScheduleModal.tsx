import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Modal, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schedule } from '../../server/contract/access.ts';
import { useChange } from '../api.ts';
import { ReasonField } from '../ui/ReasonField.tsx';
import { useSaving } from '../ui/use-saving.ts';
import { type Day, days, type HoursRow, intoNextDay, minuteOf, toRows, toWindows } from './schedule-words.ts';

interface Fields {
  name: string;
  followsCalendar: boolean;
  rows: HoursRow[];
  reason: string;
}

const workdays: Day[] = ['1', '2', '3', '4', '5'];

export function ScheduleModal({
  schedule,
  onClose,
}: {
  schedule: Schedule | undefined;
  onClose: () => void;
}) {
  const { t } = useTranslation(['access', 'common']);
  const [form] = Form.useForm<Fields>();
  const add = useChange('access.add-schedule', ['access.get']);
  const change = useChange('access.change-schedule', ['access.get']);
  const saving = useSaving(form);
  const clock = {
    validator: (_: unknown, text = '') =>
      minuteOf(text) === undefined ? Promise.reject(new Error(t('schedule.clock'))) : Promise.resolve(),
  };
  return (
    <Modal
      open
      width={640}
      title={schedule ? t('schedule.edit') : t('schedule.add')}
      okText={t('common:save')}
      cancelText={t('common:cancel')}
      okButtonProps={{ htmlType: 'submit', form: 'xm-schedule' }}
      confirmLoading={add.isPending || change.isPending}
      onCancel={onClose}
    >
      <Form
        name="xm-schedule"
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          name: schedule?.name ?? '',
          followsCalendar: !schedule?.ignoresCalendar,
          rows: schedule ? toRows(schedule.windows) : [{ days: workdays, from: '06:30', to: '18:00' }],
        }}
        onFinish={({ name, followsCalendar, rows, reason }) => {
          const body = { name: name.trim(), ignoresCalendar: !followsCalendar, windows: toWindows(rows) };
          void saving(
            () =>
              schedule
                ? change.mutateAsync({ params: { id: schedule.id }, body: { ...body, reason } })
                : add.mutateAsync({ body }),
            onClose,
          );
        }}
      >
        <Form.Item
          name="name"
          label={t('schedule.name')}
          rules={[{ required: true, whitespace: true, message: t('common:field.required') }]}
        >
          <Input autoFocus maxLength={100} placeholder={t('schedule.name-example')} />
        </Form.Item>
        <Form.Item
          name="followsCalendar"
          label={t('schedule.follows-calendar')}
          extra={t('schedule.follows-calendar-hint')}
          valuePropName="checked"
        >
          <Switch />
        </Form.Item>
        <Form.List name="rows">
          {(fields, { add: addRow, remove }) => (
            <>
              {fields.map(({ key, name }) => (
                <div key={key} className="xm-hours-row">
                  <Form.Item
                    name={[name, 'days']}
                    label={t('schedule.days')}
                    rules={[{ required: true, message: t('common:field.required') }]}
                  >
                    <Select
                      mode="multiple"
                      options={days.map((day) => ({ value: day, label: t(`day.${day}`) }))}
                    />
                  </Form.Item>
                  <Form.Item name={[name, 'from']} label={t('schedule.from')} rules={[clock]}>
                    <Input maxLength={5} />
                  </Form.Item>
                  <Form.Item name={[name, 'to']} label={t('schedule.to')} rules={[clock]}>
                    <Input maxLength={5} />
                  </Form.Item>
                  <Button
                    type="text"
                    icon={<DeleteOutlined aria-hidden />}
                    aria-label={t('schedule.remove-row')}
                    onClick={() => remove(name)}
                  />
                  <HoursNote row={name} />
                </div>
              ))}
              <Button
                icon={<PlusOutlined aria-hidden />}
                onClick={() => addRow({ days: [], from: '06:30', to: '18:00' })}
              >
                {t('schedule.add-row')}
              </Button>
              <p className="xm-soft">{t('schedule.overnight-hint')}</p>
            </>
          )}
        </Form.List>
        {schedule && <ReasonField />}
      </Form>
    </Modal>
  );
}

/** Says as somebody types that a line ends on the next day: 08:00 to 08:00 looks like nothing, and is a whole day. */
function HoursNote({ row }: { row: number }) {
  const { t } = useTranslation('access');
  const { from = '', to = '' } = Form.useWatch<Partial<HoursRow> | undefined>(['rows', row]) ?? {};
  const over = intoNextDay({ from, to });
  return (
    <p className="xm-soft xm-hours-note" role="status">
      {over && t(`schedule.until.${over}`, { to: to.trim() })}
    </p>
  );
}
