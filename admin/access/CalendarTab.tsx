import { PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CalendarDay, calendarDay } from '../../server/contract/access.ts';
import { useChange } from '../api.ts';
import { useCan } from '../session.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { formatTime } from '../ui/format-time.ts';
import { ReasonField } from '../ui/ReasonField.tsx';
import { RemoveButton } from '../ui/RemoveButton.tsx';
import { StatusTag } from '../ui/StatusTag.tsx';
import { useSaving } from '../ui/use-saving.ts';
import { useZone } from '../ui/zone.tsx';
import { calendarOrder } from './access-data.ts';
import { days } from './schedule-words.ts';

const tones = { holiday: 'good', 'half-day': 'warn', 'make-up': 'info' } as const;

/** The days on which the school does not run as usual. */
export function CalendarTab({ days: listed }: { days: CalendarDay[] }) {
  const { t } = useTranslation('access');
  const { timeZone, ahead } = useZone();
  const canManage = useCan('access.manage');
  const [adding, setAdding] = useState(false);
  const { coming, past } = calendarOrder(listed, formatTime(performance.now() + ahead, timeZone, 'date'));
  const add = canManage && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
      {t('calendar.add')}
    </Button>
  );
  return (
    <div className="xm-access">
      {listed.length === 0 ? (
        <EmptyState title={t('calendar.none')} hint={t('calendar.none-hint')} action={add} />
      ) : (
        <div>{add}</div>
      )}
      {coming.length > 0 && <Days title={t('calendar.coming')} listed={coming} />}
      {past.length > 0 && <Days title={t('calendar.past')} listed={past} />}
      {adding && <DayModal onClose={() => setAdding(false)} />}
    </div>
  );
}

function Days({ title, listed }: { title: string; listed: CalendarDay[] }) {
  const { t } = useTranslation('access');
  const canManage = useCan('access.manage');
  const remove = useChange('access.remove-day', ['access.get']);
  return (
    <section className="xm-card xm-access-card">
      <h2>{title}</h2>
      <ul className="xm-access-list">
        {listed.map(({ date, name, kind, followsWeekday }) => (
          <li key={date}>
            <span className="xm-access-what">
              <span className="xm-numbers">{date}</span>
              <strong>{name}</strong>
              <StatusTag tone={tones[kind]}>{t(`calendar.kind.${kind}`)}</StatusTag>
              {followsWeekday !== null && (
                <span className="xm-soft">{t('calendar.follows', { day: t(`day.${followsWeekday}`) })}</span>
              )}
            </span>
            {canManage && (
              <RemoveButton
                iconOnly
                label={t('calendar.remove', { name, date })}
                title={t('calendar.remove-sure', { name })}
                onRemove={(reason) => remove.mutateAsync({ params: { date }, body: { reason } })}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function DayModal({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['access', 'common']);
  const [form] = Form.useForm<CalendarDay & { reason: string }>();
  const set = useChange('access.set-day', ['access.get']);
  const saving = useSaving(form);
  const kind = Form.useWatch('kind', form);
  return (
    <Modal
      open
      title={t('calendar.add')}
      okText={t('common:save')}
      cancelText={t('common:cancel')}
      okButtonProps={{ htmlType: 'submit', form: 'xm-day' }}
      confirmLoading={set.isPending}
      onCancel={onClose}
    >
      <Form
        name="xm-day"
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ kind: 'holiday', name: '', date: '', followsWeekday: 1 }}
        onFinish={(day) =>
          void saving(
            () =>
              set.mutateAsync({
                body: {
                  ...day,
                  name: day.name.trim(),
                  followsWeekday: day.kind === 'make-up' ? day.followsWeekday : null,
                },
              }),
            onClose,
          )
        }
      >
        <Form.Item
          name="date"
          label={t('calendar.date')}
          rules={[{ required: true, message: t('common:field.required') }]}
        >
          <Input type="date" className="xm-date-input" />
        </Form.Item>
        <Form.Item
          name="name"
          label={t('calendar.name')}
          rules={[{ required: true, whitespace: true, message: t('common:field.required') }]}
        >
          <Input maxLength={100} placeholder={t('calendar.name-example')} />
        </Form.Item>
        <Form.Item name="kind" label={t('calendar.what')} extra={kind && t(`calendar.means.${kind}`)}>
          <Select
            options={calendarDay.shape.kind.options.map((value) => ({
              value,
              label: t(`calendar.kind.${value}`),
            }))}
          />
        </Form.Item>
        {kind === 'make-up' && (
          <Form.Item name="followsWeekday" label={t('calendar.follows-label')}>
            <Select
              options={days
                .filter((day) => /^\d$/.test(day))
                .map((day) => ({ value: Number(day), label: t(`day.${day}`) }))}
            />
          </Form.Item>
        )}
        <ReasonField />
      </Form>
    </Modal>
  );
}
