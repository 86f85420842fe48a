import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DenyReason } from '../../server/contract/words.ts';
import { useApi } from '../api.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { StatusTag } from '../ui/StatusTag.tsx';
import { useTouch } from '../ui/use-media.ts';
import { KeyGuide } from './KeyGuide.tsx';
import { VisitCard } from './VisitCard.tsx';

/** Why what was scanned or typed shows no visit. */
export type Missed =
  | { why: 'too-short' | 'over' }
  | { why: 'number'; number: number }
  | { why: 'fault'; fault: DenyReason };

/** Beside the lists: the visit that is open, or why none is. */
export function VisitPane({ id, missed }: { id: string | null; missed: Missed | undefined }) {
  const { t } = useTranslation('visitors');
  const visit = useApi('visits.get', { params: { id: id ?? '' } }, { enabled: id !== null });
  const pane = useRef<HTMLElement>(null);
  const touch = useTouch();
  // On a phone the list that it was opened from stands far below.
  useEffect(() => {
    if (touch && id !== null) pane.current?.scrollIntoView({ block: 'start' });
  }, [touch, id]);
  return (
    <section ref={pane} className="xm-visit-pane" aria-label={t('pane')}>
      {missed ? (
        <NoVisit missed={missed} />
      ) : id === null ? (
        <KeyGuide />
      ) : visit.data ? (
        <VisitCard key={visit.data.id} visit={visit.data} />
      ) : visit.error ? (
        <ErrorState error={visit.error} onRetry={() => void visit.refetch()} />
      ) : (
        <Loading />
      )}
    </section>
  );
}

function NoVisit({ missed }: { missed: Missed }) {
  const { t } = useTranslation(['visitors', 'words']);
  const said =
    missed.why === 'fault'
      ? t(`words:denyReason.${missed.fault}`)
      : missed.why === 'number'
        ? t('missed.number', { number: missed.number })
        : t(`missed.${missed.why}`);
  return (
    <div className="xm-visit-missed" role="alert">
      {missed.why !== 'too-short' && <StatusTag tone="bad">{t('missed.title')}</StatusTag>}
      <strong>{said}</strong>
      <span className="xm-soft">{t(missed.why === 'too-short' ? 'missed.type-more' : 'missed.hint')}</span>
    </div>
  );
}
