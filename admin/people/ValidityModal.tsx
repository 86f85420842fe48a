import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Credential } from '../../server/contract/people.ts';
import { useChange } from '../api.ts';
import { dateOf, endOfDay, lastDate, startOfDay } from '../ui/day-bounds.ts';
import { ReasonField } from '../ui/ReasonField.tsx';
import { useSaving } from '../ui/use-saving.ts';
import { useZone } from '../ui/zone.tsx';

interface Fields {
  from?: string;
  until?: string;
  reason: string;
}

/** From which day to which day a card counts; an empty day is no limit. */
export function ValidityModal({ credential, onClose }: { credential: Credential; onClose: () => void }) {
  const { t } = useTranslation(['people', 'common']);
  const { timeZone } = useZone();
  const [form] = Form.useForm<Fields>();
  const change = useChange('credentials.change', ['people.get', 'people.list']);
  const saving = useSaving(form);
  const { id, validFrom, validUntil } = credential;
  return (
    <Modal
      open
      title={t('validity.change')}
      okText={t('common:save')}
      cancelText={t('common:cancel')}
      okButtonProps={{ htmlType: 'submit', form: 'xm-validity' }}
      confirmLoading={change.isPending}
      onCancel={onClose}
    >
      <Form
        name="xm-validity"
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          from: validFrom === null ? '' : dateOf(validFrom, timeZone),
          until: validUntil === null ? '' : lastDate(validUntil, timeZone),
          reason: '',
        }}
        onFinish={({ from, until, reason }) =>
          void saving(
            () =>
              change.mutateAsync({
                params: { id },
                body: {
                  validFrom: from ? startOfDay(from, timeZone) : null,
                  validUntil: until ? endOfDay(until, timeZone) : null,
                  reason: reason.trim(),
                },
              }),
            onClose,
          )
        }
      >
        <Form.Item name="from" label={t('validity.first-day')} extra={t('validity.empty')}>
          <Input type="date" className="xm-date" />
        </Form.Item>
        <Form.Item
          name="until"
          label={t('validity.last-day')}
          extra={t('validity.empty')}
          dependencies={['from']}
          rules={[
            ({ getFieldValue }) => ({
              validator: (_, until?: string) =>
                until && getFieldValue('from') > until
                  ? Promise.reject(new Error(t('validity.order')))
                  : Promise.resolve(),
            }),
          ]}
        >
          <Input type="date" className="xm-date" />
        </Form.Item>
        <ReasonField />
      </Form>
    </Modal>
  );
}
