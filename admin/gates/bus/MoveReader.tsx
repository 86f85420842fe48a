import { App, Form, InputNumber, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Device } from '../../../server/contract/devices.ts';
import type { Reader } from '../../../server/contract/gates.ts';
import { useChange } from '../../api.ts';
import { ReasonField } from '../../ui/ReasonField.tsx';
import { useSaving } from '../../ui/use-saving.ts';
import { type BaudRate, baudRates, rateOf } from './bus-words.ts';
import { useOutcome } from './use-outcome.ts';

interface Fields {
  address: number;
  baudRate: BaudRate;
  reason: string;
}

/** Tells a reader another address or rate. */
export function MoveReader({
  device,
  reader,
  onClose,
}: {
  device: Device;
  reader: Reader;
  onClose: () => void;
}) {
  const { t } = useTranslation(['gates', 'campus', 'words', 'common']);
  const [form] = Form.useForm<Fields>();
  const move = useChange('readers.move', ['campus.get', 'devices.list']);
  const saving = useSaving(form);
  const tell = useOutcome();
  const { message } = App.useApp();
  const range = { min: 0, max: 126 };
  return (
    <Modal
      open
      title={t('bus.move-of', { name: reader.name })}
      okText={t('common:save')}
      cancelText={t('common:cancel')}
      okButtonProps={{ htmlType: 'submit', form: 'xm-move-reader' }}
      confirmLoading={move.isPending}
      onCancel={onClose}
    >
      <p>{t('bus.move.means')}</p>
      {device.address.kind === 'tcp' && <p>{t('bus.move.tcp')}</p>}
      <Form
        form={form}
        name="xm-move-reader"
        layout="vertical"
        requiredMark={false}
        initialValues={{ address: reader.number, baudRate: rateOf(device) }}
        onFinish={(body) =>
          void saving(async () => {
            const { outcome, at, others } = await move.mutateAsync({ params: { id: reader.id }, body });
            const { address, baudRate } = at;
            const apart = others.find((each) => each.outcome !== 'done');
            if (apart)
              void message.warning(
                t(`bus.move.apart.${outcome === 'returned' ? 'returned' : 'elsewhere'}`, {
                  name: apart.name,
                  outcome: t(`words:readerOutcome.${apart.outcome}`),
                }),
                12,
              );
            else if (outcome === 'done' && (address !== body.address || baudRate !== body.baudRate))
              void message.warning(t('bus.move.elsewhere', { address, rate: baudRate }), 8);
            else tell({ outcome });
          }, onClose)
        }
      >
        <Form.Item
          name="address"
          label={t('bus.move.address')}
          rules={[{ required: true, type: 'integer', ...range, message: t('campus:field.between', range) }]}
        >
          <InputNumber className="xm-seconds" />
        </Form.Item>
        <Form.Item name="baudRate" label={t('bus.move.rate')}>
          <Select options={baudRates.map((rate) => ({ value: rate, label: t('bus.rate', { rate }) }))} />
        </Form.Item>
        <ReasonField suggestions={[t('bus.move.why')]} />
      </Form>
    </Modal>
  );
}
