/** Days of the school as instants: a card is valid from the first moment of a day to the last of another. */
import { formatTime } from './format-time.ts';

const minute = 60_000;

/** How far the zone's clocks are ahead of UTC at an instant, ms. */
function ahead(at: number, timeZone: string): number {
  const local = formatTime(at, timeZone, 'full').replace(' ', 'T');
  return Date.parse(`${local}Z`) - Math.floor(at / 1000) * 1000;
}

/** The first instant of a date, `YYYY-MM-DD`, in a zone. Where clocks skip midnight, that is later than 00:00. */
export function startOfDay(date: string, timeZone: string): number {
  const utc = Date.parse(`${date}T00:00:00Z`);
  let at = utc - ahead(utc - ahead(utc, timeZone), timeZone);
  while (dateOf(at, timeZone) < date) at += 15 * minute;
  return at;
}

/** The first instant that is no more of this date. */
export function endOfDay(date: string, timeZone: string): number {
  const next = new Date(Date.parse(`${date}T00:00:00Z`) + 24 * 60 * minute).toISOString().slice(0, 10);
  return startOfDay(next, timeZone);
}

export function dateOf(at: number, timeZone: string): string {
  return formatTime(at, timeZone, 'date');
}

/** The last date of a validity that ends before `until`. */
export function lastDate(until: number, timeZone: string): string {
  return dateOf(until - 1, timeZone);
}
