import { SearchOutlined } from '@ant-design/icons';
import { Input, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cardholderKind, cardholderStatus } from '../../server/contract/words.ts';
import type { PeopleFilter } from './people-filter.ts';

/** Typing asks the server once it rests, not at every key. */
const restMs = 250;

export function PeopleFilterBar({
  filter,
  onChange,
}: {
  filter: PeopleFilter;
  onChange: (next: PeopleFilter) => void;
}) {
  const { t } = useTranslation(['people', 'words']);
  const [typed, setTyped] = useState(filter.text);
  const latest = useRef({ filter, onChange });
  useEffect(() => {
    latest.current = { filter, onChange };
  });
  useEffect(() => {
    if (typed.trim() === latest.current.filter.text) return;
    const timer = setTimeout(
      () => latest.current.onChange({ ...latest.current.filter, text: typed.trim() }),
      restMs,
    );
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <search className="xm-people-filter">
      <Input
        className="xm-people-search"
        prefix={<SearchOutlined aria-hidden />}
        aria-label={t('search')}
        placeholder={t('search')}
        value={typed}
        maxLength={100}
        allowClear
        onChange={({ target }) => setTyped(target.value)}
      />
      <Select
        aria-label={t('filter.kind')}
        placeholder={t('filter.kind')}
        allowClear
        value={filter.kind ?? null}
        options={cardholderKind.options.map((value) => ({
          value,
          label: t(`words:cardholderKind.${value}`),
        }))}
        onChange={(kind) => onChange({ ...filter, kind: kind ?? undefined })}
      />
      <Select
        aria-label={t('filter.status')}
        placeholder={t('filter.status')}
        allowClear
        value={filter.status ?? null}
        options={cardholderStatus.options.map((value) => ({
          value,
          label: t(`words:cardholderStatus.${value}`),
        }))}
        onChange={(status) => onChange({ ...filter, status: status ?? undefined })}
      />
    </search>
  );
}
