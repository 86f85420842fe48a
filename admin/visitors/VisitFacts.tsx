import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Visit } from '../../server/contract/visits.ts';
import { Time } from '../ui/Time.tsx';

/** What else is known of the visit; what is not known is left out. */
export function VisitFacts({ visit }: { visit: Visit }) {
  const { t } = useTranslation(['visitors', 'words']);
  const { visitor, companions } = visit;
  const time = (at: number | null) => at !== null && <Time at={at} style="short" />;
  const facts: [name: string, value: ReactNode][] = [
    ['purpose', visit.purpose],
    ['organisation', visitor.organisation],
    ['phone', visitor.phone],
    [
      'id',
      visitor.idNumber !== null &&
        [visitor.idKind && t(`words:idKind.${visitor.idKind}`), visitor.idNumber].filter(Boolean).join(' '),
    ],
    ['plate', visit.plate],
    ['companions', companions.length > 0 && companions.join(t('comma'))],
    ['waiting-since', visit.state === 'waiting' && time(visit.waitingSince)],
    ['entered', time(visit.enteredAt)],
    ['met', time(visit.metAt)],
    ['parted', time(visit.partedAt)],
    ['left', time(visit.leftAt)],
    ['notice', time(visit.notice?.at ?? null)],
  ];
  const known = facts.filter(([, value]) => value !== null && value !== false);
  if (known.length === 0) return null;
  return (
    <dl className="xm-visit-facts">
      {known.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`fact.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
