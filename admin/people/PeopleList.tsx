import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cardholder } from '../../server/contract/people.ts';
import { useApi } from '../api.ts';
import { PersonPhoto } from '../campus/PersonPhoto.tsx';
import { useNames } from '../campus/use-campus.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { StatusTag } from '../ui/StatusTag.tsx';
import { Time } from '../ui/Time.tsx';
import { useZone } from '../ui/zone.tsx';
import { shownNumber, standings, standingTone } from './credential-words.ts';
import { isFiltered, type PeopleFilter } from './people-filter.ts';

const pageSize = 50;

/** One page of people at a time; each page knows where the one before it ended. */
export function PeopleList({
  filter,
  onOpen,
  onAdd,
}: {
  filter: PeopleFilter;
  onOpen: (id: string) => void;
  onAdd: (() => void) | undefined;
}) {
  const { t } = useTranslation(['people', 'words']);
  /** The cursors of the pages before this one; the first page has none. */
  const [cursors, setCursors] = useState<string[]>([]);
  const after = cursors.at(-1);
  const { text, kind, status } = filter;
  const people = useApi(
    'people.list',
    {
      query: {
        limit: pageSize,
        ...(text && { text }),
        ...(kind && { kind }),
        ...(status && { status }),
        ...(after !== undefined && { after }),
      },
    },
    { keepPrevious: true },
  );
  if (people.isPending) return <Loading />;
  if (!people.data) return <ErrorState error={people.error} onRetry={() => void people.refetch()} />;
  const { total, next } = people.data;
  const from = cursors.length * pageSize;
  if (total === 0)
    return isFiltered(filter) ? (
      <EmptyState title={t('nobody-found')} hint={t('nobody-found-hint')} />
    ) : (
      <EmptyState
        title={t('nobody')}
        hint={t('nobody-hint')}
        action={
          onAdd && (
            <Button type="primary" onClick={onAdd}>
              {t('add')}
            </Button>
          )
        }
      />
    );
  return (
    <>
      <p className="xm-soft xm-people-total" aria-live="polite">
        {t('total', { count: total })}
      </p>
      <ul className="xm-people" aria-busy={people.isPlaceholderData}>
        {people.data.people.map((person) => (
          <li key={person.id}>
            <PersonRow person={person} onOpen={() => onOpen(person.id)} />
          </li>
        ))}
      </ul>
      {(next !== undefined || cursors.length > 0) && (
        <nav className="xm-people-pages" aria-label={t('pages')}>
          <Button disabled={cursors.length === 0} onClick={() => setCursors(cursors.slice(0, -1))}>
            {t('before')}
          </Button>
          <span className="xm-numbers">
            {t('range', { from: from + 1, to: from + people.data.people.length, total })}
          </span>
          <Button
            disabled={next === undefined || people.isPlaceholderData}
            onClick={() => next !== undefined && setCursors([...cursors, next])}
          >
            {t('after')}
          </Button>
        </nav>
      )}
    </>
  );
}

function PersonRow({ person, onOpen }: { person: Cardholder; onOpen: () => void }) {
  const { t } = useTranslation(['people', 'words']);
  const { name, number, unit, kind, status, credentials, lastSeen } = person;
  const names = useNames();
  const { ahead } = useZone();
  const [first] = credentials;
  return (
    <button type="button" className="xm-person" onClick={onOpen}>
      <PersonPhoto photoId={person.photoId} name={name} size={44} />
      <span className="xm-person-who">
        <strong>{name}</strong>
        <span className="xm-soft">
          {[t(`words:cardholderKind.${kind}`), unit, number].filter(Boolean).join(' · ')}
        </span>
      </span>
      <span className="xm-person-tags">
        {status !== 'active' && (
          <StatusTag tone={status === 'left' ? 'calm' : 'bad'}>
            {t(`words:cardholderStatus.${status}`)}
          </StatusTag>
        )}
        {credentials.length === 0 && <StatusTag tone="warn">{t('no-card')}</StatusTag>}
        {standings(credentials, performance.now() + ahead).map(({ standing, count }) => (
          <StatusTag key={standing} tone={standingTone[standing]}>
            {t(`cards.${standing}`, { count })}
          </StatusTag>
        ))}
      </span>
      <span className="xm-person-more xm-soft">
        {first && <span className="xm-numbers">{shownNumber(first).text}</span>}
        {lastSeen && (
          <span>
            <Time at={lastSeen.at} /> · {names.lane(lastSeen.laneId)} ·{' '}
            {t(`words:direction.${lastSeen.direction}`)}
          </span>
        )}
      </span>
    </button>
  );
}
