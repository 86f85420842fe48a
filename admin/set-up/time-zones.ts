/** The zones to choose from, with their distance from UTC. Pure but for the runtime's own list. */

export interface ZoneChoice {
  value: string;
  label: string;
}

/** Hours and minutes that a zone is ahead of UTC at an instant: `UTC+08:00`. */
export function offsetOf(timeZone: string, at: number): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', 'UTC') ?? 'UTC';
  return offset === 'UTC' ? 'UTC+00:00' : offset;
}

/** All zones that this browser knows; `own` stands first. */
export function zoneChoices(own: string, zones: readonly string[], at: number): ZoneChoice[] {
  const rest = zones.filter((zone) => zone !== own);
  return [own, ...rest].map((value) => ({
    value,
    label: `${value.replaceAll('_', ' ')} (${offsetOf(value, at)})`,
  }));
}
