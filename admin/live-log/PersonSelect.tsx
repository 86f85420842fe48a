import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api.ts';

/** Finds a person by a part of the name, number or class. */
export function PersonSelect({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}) {
  const { t } = useTranslation('live-log');
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed.trim());
  const [open, setOpen] = useState(false);
  const people = useApi(
    'people.list',
    { query: { limit: 20, ...(text && { text }) } },
    { enabled: open, keepPrevious: true },
  );
  const chosen = useApi('people.get', { params: { id: value ?? '' } }, { enabled: value !== undefined });
  const found = people.data?.people ?? [];
  const all =
    chosen.data && value !== undefined && !found.some(({ id }) => id === value)
      ? [chosen.data, ...found]
      : found;
  return (
    <Select
      className="xm-filter xm-filter-person"
      allowClear
      aria-label={t('filter.cardholderId')}
      placeholder={t('filter.cardholderId')}
      value={value}
      // The server searches.
      showSearch={{ filterOption: false, onSearch: setTyped, searchValue: typed }}
      loading={people.isFetching}
      onOpenChange={setOpen}
      popupMatchSelectWidth={false}
      notFoundContent={people.isFetching ? t('common:loading') : t('nobody')}
      options={all.map(({ id, name, unit }) => ({ value: id, label: unit ? `${name} · ${unit}` : name }))}
      onChange={(next: string | undefined) => onChange(next)}
    />
  );
}
