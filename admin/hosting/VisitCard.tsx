import { useTranslation } from 'react-i18next';
import type { Visit } from '../../server/contract/visits.ts';
import { StatusTag } from '../ui/StatusTag.tsx';
import { useNow } from '../ui/use-now.ts';
import { useZone } from '../ui/zone.tsx';
import { standingOf, toneOf } from './standing.ts';
import { useTypes } from './use-mine.ts';
import { VisitActs } from './VisitActs.tsx';
import { When } from './When.tsx';

/** A visit in a list, with what its host can do about it now. */
export function VisitCard({
  visit,
  onOpen,
  urgent,
  dated,
}: {
  visit: Visit;
  onOpen: (id: string) => void;
  urgent: boolean;
  dated: boolean;
}) {
  const { t } = useTranslation('hosting');
  const { nameOf } = useTypes();
  const now = useNow(30_000) + useZone().ahead;
  const standing = standingOf(visit, now);
  const { visitor, purpose, companions } = visit;
  const facts = [
    nameOf(visit.typeId),
    visitor.organisation,
    purpose,
    companions.length > 0 ? t('companions', { count: companions.length }) : null,
  ].filter(Boolean);
  return (
    <article className={urgent ? 'xm-card xm-visit xm-visit-urgent' : 'xm-card xm-visit'}>
      <div className="xm-visit-what">
        <h3>
          <button type="button" onClick={() => onOpen(visit.id)}>
            {visitor.name}
          </button>
        </h3>
        <p>{facts.join(' · ')}</p>
        <p className="xm-soft">
          <When visit={visit} dated={dated} />
        </p>
      </div>
      <StatusTag tone={toneOf(standing)}>{t(`standing.${standing}`)}</StatusTag>
      <VisitActs visit={visit} brief />
    </article>
  );
}
