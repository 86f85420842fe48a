import { Button, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Reader } from '../../../server/contract/gates.ts';
import { useChange } from '../../api.ts';
import { ReasonField } from '../../ui/ReasonField.tsx';
import { useSaving } from '../../ui/use-saving.ts';
import { useOutcome } from './use-outcome.ts';

/** A new key under the present one. */
export function RotateKey({ reader, onDone }: { reader: Reader; onDone: () => void }) {
  const { t } = useTranslation('gates');
  const [form] = Form.useForm<{ reason: string }>();
  const rotate = useChange('readers.rotate-key', ['devices.list']);
  const saving = useSaving(form);
  const tell = useOutcome();
  return (
    <Form
      form={form}
      name="xm-rotate"
      layout="vertical"
      requiredMark={false}
      onFinish={({ reason }) =>
        void saving(async () => {
          tell(await rotate.mutateAsync({ params: { id: reader.id }, body: { reason } }));
        }, onDone)
      }
    >
      <p>{t('bus.rotate.means')}</p>
      <ReasonField suggestions={[t('bus.rotate.why')]} />
      <Button type="primary" htmlType="submit" loading={rotate.isPending}>
        {t('bus.rotate.do')}
      </Button>
    </Form>
  );
}
