import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Visit } from '../../server/contract/visits.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { StatusTag } from '../ui/StatusTag.tsx';
import { Time } from '../ui/Time.tsx';
import { useNow } from '../ui/use-now.ts';
import { useZone } from '../ui/zone.tsx';
import { standingOf, toneOf } from './standing.ts';
import { useMine, usePast, useTypes } from './use-mine.ts';
import { VisitActs } from './VisitActs.tsx';
import { When } from './When.tsx';

/** All that the host may know of one visit. */
export function VisitDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('hosting');
  const lists = [useMine('waiting'), useMine('inside'), useMine('expected'), usePast(undefined)];
  const visit = lists.flatMap(({ data }) => data?.visits ?? []).find((each) => each.id === id);
  const pending = lists.some(({ isPending }) => isPending);
  const failed = lists.find(({ error, data }) => error !== null && data === undefined);
  return (
    <Drawer open size={520} title={visit?.visitor.name ?? t('visit')} onClose={onClose}>
      {visit ? (
        <Details visit={visit} />
      ) : pending ? (
        <Loading />
      ) : failed ? (
        <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
      ) : (
        <EmptyState title={t('gone')} />
      )}
    </Drawer>
  );
}

function Details({ visit }: { visit: Visit }) {
  const { t } = useTranslation(['hosting', 'words']);
  const { nameOf } = useTypes();
  const now = useNow(30_000) + useZone().ahead;
  const standing = standingOf(visit, now);
  const { visitor, pending } = visit;
  const facts = [
    ['type', nameOf(visit.typeId)],
    ['organisation', visitor.organisation],
    ['phone', visitor.phone],
    ['purpose', visit.purpose],
    ['department', visit.department],
    ['companions', visit.companions.join(t('between'))],
    ['plate', visit.plate],
    ['items', visit.items],
    ['pass', visit.pass && String(visit.pass.number)],
    ['pending', pending.map((word) => t(`words:visitWord.${word}`)).join(t('between'))],
  ] as const;
  return (
    <div className="xm-visit-details">
      <p>
        <StatusTag tone={toneOf(standing)}>{t(`standing.${standing}`)}</StatusTag>
      </p>
      <p>
        <When visit={visit} dated />
      </p>
      <VisitActs visit={visit} />
      <dl>
        {facts.map(([name, value]) =>
          value ? (
            <div key={name}>
              <dt>{t(`fact.${name}`)}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
      <History visit={visit} />
    </div>
  );
}

/** Who gave their word and when, and the host's receipt. */
function History({ visit }: { visit: Visit }) {
  const { t } = useTranslation(['hosting', 'words']);
  const said = [
    ...visit.words.map(({ word, by, approved, at }) => ({
      at,
      text: t(approved ? 'history.approved' : 'history.refused', { by, word: t(`words:visitWord.${word}`) }),
    })),
    ...(['lapsedAt', 'metAt', 'partedAt', 'itemsAt'] as const).flatMap((key) =>
      visit[key] === null ? [] : { at: visit[key], text: t(`history.${key}`) },
    ),
  ].sort((a, b) => a.at - b.at);
  if (said.length === 0) return null;
  return (
    <section>
      <h2>{t('history.title')}</h2>
      <ul className="xm-visit-history">
        {said.map(({ at, text }) => (
          <li key={`${at} ${text}`}>
            <Time at={at} /> {text}
          </li>
        ))}
      </ul>
    </section>
  );
}
