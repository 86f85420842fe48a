import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Device } from '../../../server/contract/devices.ts';
import { useChange } from '../../api.ts';
import type { CampusNow } from '../../campus/use-campus.ts';
import { useSaving } from '../../ui/use-saving.ts';
import { freeName } from '../address.ts';

/** The name of a new reader on a bus; from then on it is spoken to. */
export function NameReader({
  now,
  device,
  address,
  onBack,
  onAdded,
}: {
  now: CampusNow;
  device: Device;
  address: number;
  onBack: () => void;
  onAdded: (readerId: string) => void;
}) {
  const { t } = useTranslation(['gates', 'common']);
  const [form] = Form.useForm<{ name: string }>();
  const add = useChange('readers.add', ['campus.get', 'devices.list']);
  const saving = useSaving(form);
  const taken = now.campus.readers.map(({ name }) => name);
  return (
    <Form
      form={form}
      name="xm-bus-reader"
      layout="vertical"
      requiredMark={false}
      initialValues={{ name: freeName(`${device.name} ${address}`, taken) }}
      onFinish={({ name }) =>
        void saving(async () => {
          const body = {
            name: name.trim(),
            deviceId: device.id,
            number: address,
            laneId: null,
            direction: 'in' as const,
          };
          onAdded((await add.mutateAsync({ body })).id);
        })
      }
    >
      <p className="xm-soft">{t('bus.wizard.reader', { address, rate: device.options.baudRate ?? 9600 })}</p>
      <Form.Item
        name="name"
        label={t('reader.name')}
        extra={t('bus.wizard.name-extra')}
        rules={[{ required: true, whitespace: true, message: t('common:field.required') }]}
      >
        <Input maxLength={100} placeholder={t('reader.name-example')} />
      </Form.Item>
      <div className="xm-drawer-foot">
        <Button onClick={onBack}>{t('add.back')}</Button>
        <Button type="primary" htmlType="submit" loading={add.isPending}>
          {t('add.next')}
        </Button>
      </div>
    </Form>
  );
}
