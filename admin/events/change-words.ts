/** Old and new values of a change in words. Pure: `t` and the writing of times are passed in. */
import type { Changes } from '../../server/contract/changes.ts';
import type { LogRow } from '../../server/contract/log.ts';
import { named, type Translate, wordOf } from './sentence.ts';

type Value = Changes[string]['from'];

export interface ChangeWords {
  field: string;
  from: string;
  to: string;
}

/** Ids of things that have names. */
const ids = new Set([
  ...['gateId', 'laneId', 'zoneId', 'groupIds'],
  ...['outputDeviceId', 'dpsDeviceId', 'rexDeviceId', 'printerId', 'documentDeviceId', 'cardAloneScheduleId'],
]);
/** Codes, by the list of words that they are from. */
const listOf: Record<string, string> = {
  apbMode: 'apbMode',
  direction: 'direction',
  onStoreFault: 'onStoreFault',
  language: 'language',
  kind: 'cardholderKind',
  pinIn: 'pinMode',
  pinOut: 'pinMode',
};
const times = new Set(['validFrom', 'validUntil']);
/** An id that says nothing to anybody. */
const unspoken = new Set(['photoId']);

/** `timeOf` writes an instant in the school's zone. */
export function changesOf(row: LogRow, t: Translate, timeOf: (at: number) => string): ChangeWords[] {
  const changes = (row.event.data.changes ?? {}) as Changes;
  return Object.entries(changes)
    .filter(([name]) => !unspoken.has(name))
    .map(([name, { from, to }]) => {
      const say = (value: Value) => wordsOf(row, name, value, t, timeOf) || t('events:value.none');
      return { field: fieldWord(name, t), from: say(from), to: say(to) };
    });
}

function fieldWord(name: string, t: Translate): string {
  const [whole, member] = [name.split('.')[0] ?? name, name.split('.').at(-1) ?? name];
  if (whole === 'options') return t(`gates:option.name.${member}`, { defaultValue: member });
  if (whole === 'address') return t(`events:address.${member}`, { defaultValue: member });
  if (isDate(whole)) return member === whole ? whole : `${whole} ${t(`events:field.${member}`)}`;
  return t(`events:field.${name}`, { defaultValue: name });
}

function wordsOf(
  row: LogRow,
  name: string,
  value: Value,
  t: Translate,
  timeOf: (at: number) => string,
): string {
  if (Array.isArray(value))
    return value.map((each) => wordsOf(row, name, each, t, timeOf)).join(t('events:comma'));
  if (value === null) return '';
  if (typeof value === 'boolean') return t(value ? 'common:yes' : 'common:no');
  if (ids.has(name)) return named(row, value, t);
  const list = name === 'status' ? statusList(row) : listOf[name];
  if (list) return wordOf(value, list, t);
  if (name.endsWith('.followsWeekday')) return t(`access:day.${value}`);
  if (isDate(name)) return t(`access:calendar.kind.${value}`, { defaultValue: String(value) });
  if (typeof value === 'number') return numberWords(name, value, t, timeOf);
  if (name === 'windows') return windowWords(value, t);
  return name.startsWith('options.') ? JSON.stringify(value).slice(1, -1) : value;
}

function numberWords(name: string, value: number, t: Translate, timeOf: (at: number) => string): string {
  if (times.has(name)) return timeOf(value);
  if (name.endsWith('Ms') && !name.includes('.')) return t('events:value.seconds', { value: value / 1000 });
  if (name.endsWith('Minutes')) return t('events:value.minutes', { value });
  // Inputs are counted from 0 by devices and from 1 by people.
  return String(name === 'dpsInput' || name === 'rexInput' ? value + 1 : value);
}

/** `1 390 1080` is Monday from 06:30 to 18:00. */
function windowWords(text: string, t: Translate): string {
  const [day, start, end] = text.split(' ');
  const clock = (minutes: number) =>
    [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return t('events:value.window', {
    day: t(`access:day.${day}`),
    from: clock(Number(start)),
    to: clock(Number(end)),
  });
}

function statusList({ event }: LogRow): string {
  return event.type.startsWith('credential.') ? 'credentialStatus' : 'cardholderStatus';
}

const isDate = (name: string): boolean => /^\d{4}-\d\d-\d\d$/.test(name);
