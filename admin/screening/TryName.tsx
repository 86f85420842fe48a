import { SearchOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../api.ts';
import { StatusTag } from '../ui/StatusTag.tsx';
import { useSaving } from '../ui/use-saving.ts';

/** Whom a name would be taken for, before somebody stands at the gate with it. */
export function TryName() {
  const { t } = useTranslation('screening');
  const [name, setName] = useState('');
  const saving = useSaving();
  const ask = useChange('screening.try');
  const found = ask.data;
  return (
    <section className="xm-card xm-try">
      <h2>{t('try.title')}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') void saving(() => ask.mutateAsync({ body: { name: name.trim() } }));
        }}
      >
        <Input
          aria-label={t('try.name')}
          placeholder={t('try.name')}
          value={name}
          maxLength={100}
          autoComplete="off"
          onChange={({ target }) => {
            setName(target.value);
            // An answer belongs to what was asked.
            ask.reset();
          }}
        />
        <Button htmlType="submit" icon={<SearchOutlined aria-hidden />} loading={ask.isPending}>
          {t('try.do')}
        </Button>
      </form>
      <div role="status">
        {found?.length === 0 && <StatusTag tone="good">{t('try.nobody')}</StatusTag>}
        {found && found.length > 0 && (
          <ul>
            {found.map(({ entry, how }) => (
              <li key={entry.id}>
                <StatusTag tone={entry.list === 'deny' ? 'bad' : 'warn'}>
                  {t(`words:screeningList.${entry.list}`)}
                </StatusTag>{' '}
                <strong>{entry.name}</strong> · {t(`words:screeningMatch.${how}`)} · {entry.reason}
              </li>
            ))}
          </ul>
        )}
      </div>
      <p className="xm-soft">{t('try.hint')}</p>
    </section>
  );
}
