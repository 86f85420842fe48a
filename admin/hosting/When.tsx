import { useTranslation } from 'react-i18next';
import type { Visit } from '../../server/contract/visits.ts';
import { dateOf } from '../ui/day-bounds.ts';
import { formatTime } from '../ui/format-time.ts';
import { Time } from '../ui/Time.tsx';
import { useZone } from '../ui/zone.tsx';

/** When a visit is expected, and when it was in truth. */
export function When({ visit, dated }: { visit: Visit; dated: boolean }) {
  const { t } = useTranslation('hosting');
  const { timeZone } = useZone();
  const { expectedFrom: from, expectedUntil: until, enteredAt, leftAt, waitingSince, state } = visit;
  const oneDay = dateOf(from, timeZone) === dateOf(until, timeZone);
  const clock = (at: number) => formatTime(at, timeZone, 'clock');
  const day = (at: number) => `${formatTime(at, timeZone, 'date')} `;
  return (
    <span className="xm-numbers">
      {dated || !oneDay ? day(from) : ''}
      {clock(from)}–{oneDay ? '' : day(until)}
      {clock(until)}
      {state === 'waiting' && waitingSince !== null && (
        <>
          {' · '}
          {t('when.waiting')} <Time at={waitingSince} style="clock" />
        </>
      )}
      {enteredAt !== null && (
        <>
          {' · '}
          {t('when.entered')} <Time at={enteredAt} style="clock" />
        </>
      )}
      {leftAt !== null && (
        <>
          {' · '}
          {t('when.left')} <Time at={leftAt} style="clock" />
        </>
      )}
    </span>
  );
}
