/** Wall-clock time of a time zone, fast enough to be asked on every swipe. */
import type { LocalTime, TimeZone } from './facts.ts';

const minuteMs = 60_000;
const dayMinutes = 1440;
/** Since 2016 every zone has changed its offset at a full quarter of an hour only, so it is asked once for each. */
const quarterMs = 15 * minuteMs;
const maxCached = 4096;

/** Throws RangeError when the runtime does not know the zone. */
export function openTimeZone(name: string): TimeZone {
  const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const offsets = new Map<number, number>();
  let lastQuarter = Number.NaN;
  let lastOffset = 0;
  let lastMinute = Number.NaN;
  let lastLocal: LocalTime = { day: 0, minute: 0 };

  function readOffset(instant: number): number {
    const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
    for (const { type, value } of format.formatToParts(instant)) part[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Math.round((Date.UTC(year, month - 1, day, hour, minute, second) - instant) / minuteMs);
  }
  function offsetAt(instant: number): number {
    const quarter = Math.floor(instant / quarterMs);
    if (quarter === lastQuarter) return lastOffset;
    let offset = offsets.get(quarter);
    if (offset === undefined) {
      offset = readOffset(quarter * quarterMs);
      if (offsets.size >= maxCached) offsets.clear();
      offsets.set(quarter, offset);
    }
    lastQuarter = quarter;
    lastOffset = offset;
    return offset;
  }
  function localAt(instant: number): LocalTime {
    const utcMinute = Math.floor(instant / minuteMs);
    if (utcMinute === lastMinute) return lastLocal;
    const wall = utcMinute + offsetAt(instant);
    const day = Math.floor(wall / dayMinutes);
    lastLocal = { day, minute: wall - day * dayMinutes };
    lastMinute = utcMinute;
    return lastLocal;
  }
  return { name, offsetAt, localAt };
}

/** ISO weekday of a day number, 1 (Monday) to 7. */
export function weekdayOf(day: number): number {
  // Day 0, 1 January 1970, was a Thursday.
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** Day number of `YYYY-MM-DD`; undefined when there is no such date. */
export function dayOfDate(date: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  const ms = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(ms) || dateOfDay(ms / 86_400_000) !== date) return undefined;
  return ms / 86_400_000;
}

export function dateOfDay(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

const utc = {
  localAt: (at: number) => ({
    day: Math.floor(at / 86_400_000),
    minute: Math.floor(at / minuteMs) % dayMinutes,
  }),
};

/** The day at an instant, `YYYY-MM-DD`; in UTC before the school is set up. */
export function dateAt(zone: Pick<TimeZone, 'localAt'> | undefined, instant: number): string {
  return dateOfDay((zone ?? utc).localAt(instant).day);
}

/** The midnight that ends the day of an instant; on a day when clocks are moved after it, an hour off. */
export function dayEndAt(zone: Pick<TimeZone, 'localAt'> | undefined, instant: number): number {
  const { minute } = (zone ?? utc).localAt(instant);
  return (Math.floor(instant / minuteMs) + dayMinutes - minute) * minuteMs;
}

/** `YYYY-MM-DD HH:MM` */
export function timeAt(zone: Pick<TimeZone, 'localAt'> | undefined, instant: number): string {
  const { day, minute } = (zone ?? utc).localAt(instant);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${dateOfDay(day)} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/**
 * The instants at which the wall clock shows this minute: one, or two where clocks go back, or none where they
 * skip it. `minute` may be 1440, which is the next day's first.
 */
export function instantsOf(zone: TimeZone, day: number, minute: number): number[] {
  const wall = (day * dayMinutes + minute) * minuteMs;
  const around = new Set([zone.offsetAt(wall - 86_400_000), zone.offsetAt(wall + 86_400_000)]);
  return [...around]
    .map((offset) => ({ offset, instant: wall - offset * minuteMs }))
    .filter(({ offset, instant }) => zone.offsetAt(instant) === offset)
    .map(({ instant }) => instant)
    .sort((a, b) => a - b);
}

/** The instants in [from, to) at which the offset changes, ascending; `from` and `to` at most some days apart. */
export function offsetChanges(zone: TimeZone, from: number, to: number): number[] {
  if (zone.offsetAt(from) === zone.offsetAt(to)) return [];
  const changes: number[] = [];
  for (let at = Math.ceil(from / quarterMs) * quarterMs; at < to; at += quarterMs) {
    if (zone.offsetAt(at) !== zone.offsetAt(at - 1)) changes.push(at);
  }
  return changes;
}
