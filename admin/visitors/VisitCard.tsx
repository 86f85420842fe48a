import { useTranslation } from 'react-i18next';
import type { Visit } from '../../server/contract/visits.ts';
import { PersonPhoto } from '../campus/PersonPhoto.tsx';
import { currentLanguage } from '../i18n.ts';
import { useCan, useSession } from '../session.tsx';
import { StatusTag } from '../ui/StatusTag.tsx';
import { Time } from '../ui/Time.tsx';
import { useNow } from '../ui/use-now.ts';
import { useZone } from '../ui/zone.tsx';
import { ApprovalHistory } from './ApprovalHistory.tsx';
import { Holds } from './Holds.tsx';
import { useVisitorTypes } from './use-types.ts';
import { VisitActions } from './VisitActions.tsx';
import { VisitDialogs } from './VisitDialogs.tsx';
import { VisitFacts } from './VisitFacts.tsx';
import { actsOf } from './visit-acts.ts';
import { markOf, markTone, passFault } from './visit-marks.ts';

/** Who stands at the gate, in the size that a guard sees from two metres, and what to do about it. */
export function VisitCard({ visit }: { visit: Visit }) {
  const { t } = useTranslation(['visitors', 'words']);
  const session = useSession();
  const { ahead } = useZone();
  const now = useNow(10_000) + ahead;
  const type = useVisitorTypes().get(visit.typeId);
  const screens = useCan('visits.screen');
  const { visitor, host, department, pass, items } = visit;
  const mark = markOf(visit);
  const fault = passFault(visit, now);
  const acts = actsOf(visit, {
    accountId: session?.account.id ?? '',
    can: (needed) => session?.capabilities.includes(needed) ?? false,
  });
  return (
    <article className="xm-visit" data-colour={type?.colour} aria-labelledby="xm-visit-name">
      <header className="xm-visit-type">
        <span>{type?.names[currentLanguage()] ?? '…'}</span>
        {visit.escort && <span className="xm-visit-escort">{t('escort')}</span>}
        {pass && <span className="xm-numbers">{t('number', { number: pass.number })}</span>}
      </header>
      <div className="xm-visit-top">
        <div className="xm-visit-face">
          <PersonPhoto photoId={visit.photoId} name={visitor.name} size="var(--xm-face)" />
        </div>
        <div className="xm-visit-main">
          <h2 id="xm-visit-name">{visitor.name}</h2>
          <p className="xm-visit-mark" role="status">
            <StatusTag tone={markTone[mark]}>{t(`mark.${mark}`)}</StatusTag>
            {fault !== undefined && mark === 'cleared' && (
              <StatusTag tone="warn">{t(`words:denyReason.${fault}`)}</StatusTag>
            )}
          </p>
          <p className="xm-visit-to">
            {[host?.name, department].filter(Boolean).join(' · ') || t('no-host')}
          </p>
          <p className="xm-visit-valid">
            <Time at={visit.expectedFrom} style="short" /> – <Time at={visit.expectedUntil} style="short" />
          </p>
          {items !== null && (
            <p className="xm-visit-items">
              <strong>{t('fact.items')}:</strong> {items}
              {visit.itemsAt !== null && <span className="xm-soft"> · {t('items-checked')}</span>}
            </p>
          )}
        </div>
      </div>
      {screens && visit.pending.includes('screening') && <Holds visit={visit} />}
      <VisitActions visit={visit} acts={acts} />
      <VisitFacts visit={visit} />
      <ApprovalHistory visit={visit} />
      <VisitDialogs visit={visit} acts={acts} />
    </article>
  );
}
