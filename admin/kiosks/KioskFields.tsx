import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api.ts';
import { usePrinters } from '../campus/use-printers.ts';

/** Names of what the form holds; a choice that was cleared is undefined. */
export interface KioskFormValues {
  name: string;
  gateId?: string | undefined;
  printerId?: string | undefined;
}

/** As the contract takes them. */
export const kioskBody = ({ name, gateId, printerId }: KioskFormValues) => ({
  name: name.trim(),
  gateId: gateId ?? null,
  printerId: printerId ?? null,
});

/** What a kiosk is set to: its name, its gate, and the printer of its badges, where the school has one. */
export function KioskFields() {
  const { t } = useTranslation('kiosks');
  const gates = useApi('campus.get').data?.gates ?? [];
  const printers = usePrinters();
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
      <Form.Item
        name="printerId"
        label={t('add.printer')}
        extra={printers.length === 0 ? t('add.printer-none') : t('add.printer-hint')}
      >
        <Select
          allowClear
          disabled={printers.length === 0}
          placeholder={t('add.no-printer')}
          options={printers.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
    </>
  );
}
