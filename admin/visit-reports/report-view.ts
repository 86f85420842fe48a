/** What a report shows, made of what the server counted; pure. Dates are `YYYY-MM-DD`. */

export interface Period {
  first: string;
  last: string;
}

export const presets = ['week', 'month-long', 'month', 'year'] as const;
export type Preset = (typeof presets)[number];

const dayMs = 86_400_000;
const toTime = (date: string) => Date.parse(`${date}T00:00:00Z`);
const toDate = (time: number) => new Date(time).toISOString().slice(0, 10);

/** `week` and `month-long` are the last 7 and 30 days, `month` and `year` those of today so far. */
export function presetPeriod(preset: Preset, today: string): Period {
  const back = (days: number) => toDate(toTime(today) - (days - 1) * dayMs);
  switch (preset) {
    case 'week':
      return { first: back(7), last: today };
    case 'month-long':
      return { first: back(30), last: today };
    case 'month':
      return { first: `${today.slice(0, 7)}-01`, last: today };
    case 'year':
      return { first: `${today.slice(0, 4)}-01-01`, last: today };
  }
}

/** Beyond so many days a column is a month. */
const mostDays = 62;

/** A column for each day, or each month, of the period; days that are not counted are of nobody. */
export function columnsOf(
  days: readonly { date: string; count: number }[],
  { first, last }: Period,
): { label: string; count: number }[] {
  const length = Math.round((toTime(last) - toTime(first)) / dayMs) + 1;
  const wide = length > mostDays ? 7 : 10;
  const counts = new Map<string, number>();
  for (let day = 0; day < length; day += 1) counts.set(toDate(toTime(first) + day * dayMs).slice(0, wide), 0);
  for (const { date, count } of days) {
    const label = date.slice(0, wide);
    counts.set(label, (counts.get(label) ?? 0) + count);
  }
  return [...counts].map(([label, count]) => ({ label, count }));
}

/** Bounds of the spans in minutes: more than the one before, up to this. */
export function spansOf(
  durations: readonly { upToMinutes: number | null; count: number }[],
): { from: number; to: number | null; count: number }[] {
  return durations.map(({ upToMinutes, count }, index) => ({
    from: durations[index - 1]?.upToMinutes ?? 0,
    to: upToMinutes,
    count,
  }));
}

/** `950 B`, `12 KB`, `3.4 MB` */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
