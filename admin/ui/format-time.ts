/** Times as words, always in a named zone; pure. */

/** `clock` 07:41 · `time` 07:41:05 · `day-time` 09-01 07:41:05 · `full` 2025-09-01 07:41:05 · `date` 2025-09-01 */
export type TimeStyle = 'clock' | 'time' | 'day-time' | 'full' | 'date';

const formats = new Map<string, Intl.DateTimeFormat>();

/** The parts of an instant in a zone, each padded to its usual width. */
function partsIn(at: number, timeZone: string): Record<string, string> {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
}

/** Both languages read ISO order, and columns of it line up. */
export function formatTime(at: number, timeZone: string, style: TimeStyle): string {
  const { year, month, day, hour, minute, second } = partsIn(at, timeZone);
  switch (style) {
    case 'clock':
      return `${hour}:${minute}`;
    case 'time':
      return `${hour}:${minute}:${second}`;
    case 'day-time':
      return `${month}-${day} ${hour}:${minute}:${second}`;
    case 'full':
      return `${year}-${month}-${day} ${hour}:${minute}:${second}`;
    case 'date':
      return `${year}-${month}-${day}`;
  }
}

/** Only the time when it is today in the zone, with the day before it otherwise. */
export function formatRecent(at: number, now: number, timeZone: string): string {
  const today = formatTime(at, timeZone, 'date') === formatTime(now, timeZone, 'date');
  return formatTime(at, timeZone, today ? 'time' : 'day-time');
}

/** The same without seconds. */
export function formatShort(at: number, now: number, timeZone: string): string {
  const today = formatTime(at, timeZone, 'date') === formatTime(now, timeZone, 'date');
  const clock = formatTime(at, timeZone, 'clock');
  return today ? clock : `${formatTime(at, timeZone, 'date').slice(5)} ${clock}`;
}

/** Minutes and seconds, `4:07`; of what is over, nothing. */
export function timeLeft(until: number, now: number): string | undefined {
  const seconds = Math.ceil((until - now) / 1000);
  if (seconds <= 0) return undefined;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
