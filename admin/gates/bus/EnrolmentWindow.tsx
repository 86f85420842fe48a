import { Button, Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Reader } from '../../../server/contract/gates.ts';
import type { BusReaderStatus } from '../../../server/contract/readers.ts';
import { useChange } from '../../api.ts';
import { ReasonField } from '../../ui/ReasonField.tsx';
import { useSaving } from '../../ui/use-saving.ts';
import { useTimeLeft } from '../../ui/use-time-left.ts';

const usualMinutes = 5;
const limits = { min: 1, max: 30 };

/** The minutes within which a reader may be given a key: opened with a reason, seen running down, closed early. */
export function EnrolmentWindow({ reader, status }: { reader: Reader; status: BusReaderStatus | undefined }) {
  const { t } = useTranslation(['gates', 'campus']);
  const [form] = Form.useForm<{ minutes: number; reason: string }>();
  const enrol = useChange('readers.enrol', ['devices.list']);
  const saving = useSaving(form);
  const left = useTimeLeft(status?.enrolUntil);
  const set = (minutes: number, reason: string) =>
    void saving(() => enrol.mutateAsync({ params: { id: reader.id }, body: { minutes, reason } }));
  if (left !== undefined)
    return (
      <>
        <p className="xm-countdown" role="timer">
          {t('bus.window.open', { left })}
        </p>
        <p className="xm-soft">{t('bus.window.open-hint')}</p>
        <div>
          <Button loading={enrol.isPending} onClick={() => set(0, t('bus.window.why-stop'))}>
            {t('bus.window.stop')}
          </Button>
        </div>
      </>
    );
  const { min, max } = limits;
  return (
    <Form
      form={form}
      name="xm-enrolment"
      layout="vertical"
      requiredMark={false}
      initialValues={{ minutes: usualMinutes }}
      onFinish={({ minutes, reason }) => set(minutes, reason)}
    >
      <Form.Item
        name="minutes"
        label={t('bus.window.minutes')}
        rules={[
          { required: true, type: 'integer', min, max, message: t('campus:field.between', { min, max }) },
        ]}
      >
        <InputNumber className="xm-seconds" />
      </Form.Item>
      <ReasonField suggestions={[t(status?.key === 'lost' ? 'bus.window.why-lost' : 'bus.window.why')]} />
      <Button type="primary" htmlType="submit" loading={enrol.isPending}>
        {t('bus.window.start')}
      </Button>
    </Form>
  );
}
