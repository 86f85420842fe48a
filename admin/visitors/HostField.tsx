import { Form, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api.ts';

/** Who is visited, found by two characters of a name at least: nobody browses the staff. */
export function HostField({ rules, optional }: { rules: object[]; optional: boolean }) {
  const { t } = useTranslation(['visitors', 'common']);
  const [text, setText] = useState('');
  const wanted = text.trim();
  const asks = [...wanted].length >= 2;
  const hosts = useApi('visits.hosts', { query: { text: wanted } }, { enabled: asks });
  // Whoever was found stands there by name, also while somebody else is looked for.
  const [known, setKnown] = useState<{ id: string; name: string }>();
  const found = asks ? (hosts.data ?? []) : [];
  const options = [...(known && !found.some(({ id }) => id === known.id) ? [known] : []), ...found];
  return (
    <Form.Item
      name="hostId"
      label={<Label text={t('field.host')} optional={optional} />}
      rules={rules}
      validateTrigger="onSubmit"
    >
      <Select
        allowClear
        showSearch={{ filterOption: false, onSearch: setText }}
        placeholder={t('field.host-hint')}
        loading={hosts.isFetching}
        options={options.map(({ id, name }) => ({ value: id, label: name }))}
        notFoundContent={
          asks ? (hosts.isFetching ? t('common:loading') : t('field.host-none')) : t('field.host-hint')
        }
        onSelect={(id) => setKnown(options.find((each) => each.id === id))}
      />
    </Form.Item>
  );
}

export function Label({ text, optional }: { text: string; optional: boolean }) {
  const { t } = useTranslation('visitors');
  return (
    <>
      {text}
      {optional && <span className="xm-optional">{t('field.optional')}</span>}
    </>
  );
}
