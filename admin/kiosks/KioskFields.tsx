import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Device } from '../../server/contract/devices.ts';
import type { Kiosk } from '../../server/contract/kiosks.ts';
import { useApi } from '../api.ts';
import { useDevicesOf } from '../campus/use-devices-of.ts';

/** Names of what the form holds; a choice that was cleared is undefined. */
export interface KioskFormValues {
  name: string;
  gateId?: string | undefined;
  printerId?: string | undefined;
  documentDeviceId?: string | undefined;
}

/** As the contract takes them. */
export const kioskBody = ({ name, gateId, printerId, documentDeviceId }: KioskFormValues) => ({
  name: name.trim(),
  gateId: gateId ?? null,
  printerId: printerId ?? null,
  documentDeviceId: documentDeviceId ?? null,
});

/** As the form takes them. */
export const kioskValues = ({ name, gateId, printerId, documentDeviceId }: Kiosk): KioskFormValues => ({
  name,
  gateId: gateId ?? undefined,
  printerId: printerId ?? undefined,
  documentDeviceId: documentDeviceId ?? undefined,
});

/** What a kiosk is set to: its name, its gate, and those devices of the school that are its own. */
export function KioskFields() {
  const { t } = useTranslation('kiosks');
  const gates = useApi('campus.get').data?.gates ?? [];
  return (
    <>
      <Form.Item
        name="name"
        label={t('add.name')}
        extra={t('add.name-hint')}
        rules={[{ required: true, whitespace: true, message: t('common:field.required') }]}
      >
        <Input autoFocus maxLength={100} />
      </Form.Item>
      <Form.Item name="gateId" label={t('add.gate')}>
        <Select
          allowClear
          placeholder={t('no-gate')}
          options={gates.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <DeviceField name="printerId" word="printer" devices={useDevicesOf('printer')} />
      <DeviceField name="documentDeviceId" word="document-reader" devices={useDevicesOf('document-reader')} />
    </>
  );
}

/** @param word its texts: `add.<word>`, and the same with `-hint`, `-none` and `-placeholder` */
function DeviceField({
  name,
  word,
  devices,
}: {
  name: 'printerId' | 'documentDeviceId';
  word: 'printer' | 'document-reader';
  devices: readonly Device[];
}) {
  const { t } = useTranslation('kiosks');
  return (
    <Form.Item
      name={name}
      label={t(`add.${word}`)}
      extra={t(devices.length === 0 ? `add.${word}-none` : `add.${word}-hint`)}
    >
      <Select
        allowClear
        disabled={devices.length === 0}
        placeholder={t(`add.${word}-placeholder`)}
        options={devices.map((device) => ({ value: device.id, label: device.name }))}
      />
    </Form.Item>
  );
}
