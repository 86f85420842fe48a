import { formatRecent, formatShort, formatTime, type TimeStyle } from './format-time.ts';
import { useZone } from './zone.tsx';

/** An instant in the school's zone; `recent` leaves the day out when it is today, `short` the seconds too. */
export function Time({ at, style = 'recent' }: { at: number; style?: TimeStyle | 'recent' | 'short' }) {
  const { timeZone, ahead } = useZone();
  return (
    <time
      className="xm-numbers"
      dateTime={new Date(at).toISOString()}
      title={`${formatTime(at, timeZone, 'full')} ${timeZone}`}
    >
      {style === 'recent' || style === 'short'
        ? (style === 'short' ? formatShort : formatRecent)(at, performance.now() + ahead, timeZone)
        : formatTime(at, timeZone, style)}
    </time>
  );
}
