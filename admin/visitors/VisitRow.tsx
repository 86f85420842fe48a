import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitorType } from '../../server/contract/visitor-types.ts';
import type { Visit } from '../../server/contract/visits.ts';
import { PersonPhoto } from '../campus/PersonPhoto.tsx';
import { currentLanguage } from '../i18n.ts';
import { StatusTag } from '../ui/StatusTag.tsx';
import { Time } from '../ui/Time.tsx';
import { visitRowId } from './row-id.ts';
import { markOf, markTone } from './visit-marks.ts';

/** One visit in a list. It is reached from the field by the arrows, and opened there by Enter. */
export function VisitRow({
  visit,
  type,
  active,
  open,
  onOpen,
}: {
  visit: Visit;
  type: VisitorType | undefined;
  active: boolean;
  open: boolean;
  onOpen: () => void;
}) {
  const { t } = useTranslation('visitors');
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const { visitor, host, department, plate, pass } = visit;
  const mark = markOf(visit);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus, and names the row as its active one
    <div
      ref={row}
      id={visitRowId(visit.id)}
      className="xm-visit-row"
      role="option"
      aria-selected={active}
      data-open={open}
      data-colour={type?.colour}
      onClick={onOpen}
    >
      <PersonPhoto photoId={visit.photoId} name={visitor.name} size={48} />
      <span className="xm-visit-who">
        <strong>{visitor.name}</strong>
        <span className="xm-soft">
          {[type?.names[currentLanguage()], host?.name ?? department, visitor.organisation, plate]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      <span className="xm-visit-when">
        <StatusTag tone={markTone[mark]}>{t(`mark.${mark}`)}</StatusTag>
        <span className="xm-soft xm-numbers">
          <When visit={visit} />
          {pass && ` · ${t('number', { number: pass.number })}`}
        </span>
      </span>
    </div>
  );
}

/** The time that matters as the visit stands. */
function When({ visit }: { visit: Visit }) {
  const { t } = useTranslation('visitors');
  const { state, expectedFrom, expectedUntil, waitingSince, leftAt, overdue } = visit;
  const [word, at] =
    state === 'waiting' && waitingSince !== null
      ? (['since', waitingSince] as const)
      : state === 'inside'
        ? ([overdue ? 'was-until' : 'until', expectedUntil] as const)
        : state === 'left' && leftAt !== null
          ? (['left', leftAt] as const)
          : (['from', expectedFrom] as const);
  return (
    <>
      {t(`when.${word}`)} <Time at={at} style="short" />
    </>
  );
}
