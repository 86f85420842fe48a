/** An event as a sentence, its result as a word with a tone, its reason in words. Pure: `t` is passed in. */
import type { LogRow } from '../../server/contract/log.ts';
import { resultOf } from '../../server/contract/log.ts';
import type { Tone } from '../ui/StatusTag.tsx';

/** i18next's `t`, as far as it is needed here. */
export type Translate = (key: string, values?: Record<string, unknown>) => string;

/** The sentence of any event, in the language of `t`: who did what, where. Free words stand apart, in `note`. */
export function sentenceOf(row: LogRow, t: Translate): string {
  const { type, data } = row.event;
  return t(`events:sentence.${type}`, {
    actor: row.actor ?? t('events:the-system'),
    person: row.cardholder?.name ?? visitorOf(row, t) ?? t('events:somebody'),
    visitor: visitorOf(row, t) ?? t('events:somebody-visiting'),
    visitorType: named(row, data.typeId, t),
    kiosk: named(row, data.kioskId, t),
    number: text(data.number),
    keyId: text(data.keyId),
    rows: text(data.rows),
    visits: text(data.visits),
    visitors: text(data.visitors),
    photos: text(data.photos),
    receipt: wordOf(data.receipt, 'visitReceipt', t),
    screened: wordOf(data.outcome, 'screened', t),
    printing: wordOf(data.printing, 'printing', t),
    condition: wordOf(data.condition, 'printing', t),
    list: wordOf(data.list, 'screeningList', t),
    place: [row.gate, laneOf(row, t)].filter(Boolean).join(' · ') || t('events:somewhere'),
    gate: row.gate ?? removed(data.gateId, t),
    device: row.device ?? removed(data.deviceId, t),
    zone: named(row, data.zoneId, t),
    reader: named(row, data.readerId, t),
    group: named(row, data.groupId, t),
    schedule: named(row, data.scheduleId, t),
    account: named(row, data.accountId, t),
    what: alarmOf(row, t),
    as: data.accountId === undefined ? '' : t('events:as', { account: named(row, data.accountId, t) }),
    reason: wordOf(data.reason, 'denyReason', t),
    outcome: wordOf(data.outcome, type.startsWith('reader.') ? 'readerOutcome' : 'passageOutcome', t),
    fromAddress: text(data.from),
    toAddress: text(data.to),
    baudRate: text(data.baudRate),
    bytes: text(data.bytes),
    direction: wordOf(data.direction, 'direction', t),
    kind: wordOf(data.kind, 'alarmKind', t),
    priority: wordOf(data.priority, 'alarmPriority', t),
    from: rangeWord(data.from, t),
    to: rangeWord(data.to, t),
    role: wordOf(data.role, 'role', t),
    after: wordOf(data.after, 'alarmKind', t),
    relay: wordOf(data.relay, 'relayOutcome', t),
    fault: wordOf(data.fault, 'fault', t),
    action: wordOf(data.action, 'simulatedAction', t),
    by: t(`events:by.${data.by === 'rex' ? 'rex' : 'hand'}`),
    fields: fieldsOf(data.fields, t),
    dates: listOf(data.dates).join(t('events:comma')),
    seconds: secondsOf(data),
    count: numberOf(data.count) ?? numberOf(data.replayed) ?? numberOf(data.recovered) ?? 0,
    lost: typeof data.damaged === 'number' ? t('events:lost', { count: data.damaged }) : '',
    channel: text(data.channel),
    version: text(data.version),
    model: text(data.model),
    jump:
      typeof data.from === 'number' && typeof data.to === 'number'
        ? Math.round((data.to - data.from) / 1000)
        : '',
    start: data.sample === true ? t('events:sample-school') : t('events:empty-school'),
  });
}

/** Which alarm it is, and where; empty for one of the past whose record does not say. */
function alarmOf(row: LogRow, t: Translate): string {
  const { kind, laneId, deviceId } = row.event.data;
  if (kind === undefined) return '';
  const lane = laneId !== undefined && [row.gate, laneOf(row, t)].filter(Boolean).join(' · ');
  const where = lane || (deviceId !== undefined && (row.device ?? removed(deviceId, t)));
  return t('events:what', { kind: wordOf(kind, 'alarmKind', t), where: where ? ` · ${where}` : '' });
}

/** A visitor's name while the visit is not over, then that it was one; undefined for who is none. */
function visitorOf({ visitor, event }: LogRow, t: Translate): string | undefined {
  return visitor?.name ?? (event.data.visitId === undefined ? undefined : t('events:somebody-visiting'));
}

/** The name of a thing by its id, or, where nothing by that id is known any more, the id marked as removed. */
export function named(row: LogRow, id: unknown, t: Translate): string {
  return (typeof id === 'string' ? row.names?.[id] : undefined) ?? removed(id, t);
}

/** The beginning of an id is enough to tell two things apart; the record holds the whole. */
export function removed(id: unknown, t: Translate): string {
  return t('events:removed', { id: text(id).slice(0, 8) }).trim();
}

/** The lane's name; empty for an event of no lane. */
export function laneOf({ lane, event }: LogRow, t: Translate): string {
  return lane ?? (event.data.laneId === undefined ? '' : removed(event.data.laneId, t));
}

/** Gate and lane, as far as they are known. */
export function placeOf(row: LogRow): string {
  return [row.gate, row.lane].filter(Boolean).join(' · ');
}

export function isPassage(row: LogRow): boolean {
  return row.event.type === 'passage.granted' || row.event.type === 'passage.denied';
}

const outcomeTones: Record<string, Tone> = {
  entered: 'calm',
  assumed: 'calm',
  'not-entered': 'warn',
  unobserved: 'warn',
  'relay-fault': 'bad',
  'relay-unknown': 'warn',
};
const alarmTones: Record<string, Tone> = { low: 'info', medium: 'warn', high: 'bad', critical: 'bad' };
const otherTones: Partial<Record<LogRow['event']['type'], Tone>> = {
  'lane.rex': 'calm',
  'lane.forced': 'bad',
  'lane.held': 'bad',
  'lane.held-warning': 'warn',
  'lane.hold-failed': 'bad',
  'lane.secured': 'good',
  'device.online': 'good',
  'device.offline': 'bad',
  'reader.flood-started': 'bad',
  'reader.flood-ended': 'good',
  'reader.online': 'good',
  'reader.offline': 'bad',
  'reader.tampered': 'bad',
  'reader.tamper-ended': 'good',
  'reader.power-failed': 'bad',
  'reader.power-restored': 'good',
  'reader.key-lost': 'bad',
  'reader.key-refused': 'bad',
  'reader.key-unreadable': 'bad',
  'reader.key-readable': 'good',
  'pin.locked': 'bad',
  'pin.duress': 'bad',
  'relay.stuck': 'bad',
  'printer.stopped': 'warn',
  'printer.ready': 'good',
  'alarm.acknowledged': 'calm',
  'alarm.cleared': 'good',
  'store.fault': 'bad',
  'store.recovered': 'good',
  'clock.jumped': 'warn',
  'session.refused': 'warn',
  'visit.held': 'bad',
  'visit.inside-uncleared': 'bad',
  'visit.listed-inside': 'bad',
  'visit.lapsed': 'warn',
  'visit.handed-over': 'warn',
  'visit.overdue': 'warn',
  'visit.long-overdue': 'bad',
};

/** How it is to be seen: good, bad, worth a look, or ordinary. */
export function toneOf({ event: { type, data } }: LogRow): Tone {
  if (type === 'passage.outcome' || type === 'lane.release-outcome') return outcomeTone(data.outcome);
  if (type === 'alarm.raised') return alarmTones[text(data.priority)] ?? 'warn';
  if (type === 'passage.granted') return listOf(data.flags).length > 0 ? 'warn' : 'good';
  if (type === 'store.recovered' && data.damaged !== undefined) return 'bad';
  const result = resultOf(type);
  if (result === 'granted') return 'good';
  if (result === 'denied') return 'bad';
  return otherTones[type] ?? (result === 'change' ? 'info' : 'calm');
}

/** The same of what became of a passage. */
export function outcomeTone(outcome: unknown): Tone {
  return outcomeTones[text(outcome)] ?? 'calm';
}

/** The one word that stands beside the colour. */
export function resultWord(row: LogRow, t: Translate): string {
  const { type, data } = row.event;
  if (type === 'passage.outcome' || type === 'lane.release-outcome')
    return wordOf(data.outcome, 'passageOutcome', t);
  if (type === 'lane.opened') return t('events:opened-by-hand');
  if (type.startsWith('session.')) return t('events:session');
  if (type === 'alarm.raised') return t('words:resultKind.alarm');
  if (type === 'alarm.acknowledged') return t('events:acknowledged');
  if (type === 'alarm.cleared' || type === 'lane.secured') return t('events:cleared');
  return t(`words:resultKind.${resultOf(type)}`);
}

/** Why it came to this: the refusal's reason, what was remarkable about a grant, or the words that a person typed. */
export function reasonText(row: LogRow, t: Translate): string {
  const { type, data, note } = row.event;
  if (type === 'passage.denied') return wordOf(data.reason, 'denyReason', t);
  if (type === 'passage.granted')
    return listOf(data.flags)
      .map((flag) => wordOf(flag, 'grantFlag', t))
      .join(t('events:comma'));
  return note ?? '';
}

/** A code of a closed list as its word; the code itself where a newer server knows more than these texts. */
export function wordOf(code: unknown, list: string, t: Translate): string {
  const known = text(code);
  return known && t(`words:${list}.${known}`, { defaultValue: known });
}

/** `from` and `to` are postures or roles; a clock's instants have no word. */
function rangeWord(code: unknown, t: Translate): string {
  if (typeof code !== 'string') return '';
  return t(`words:posture.${code}`, { defaultValue: wordOf(code, 'role', t) });
}

function fieldsOf(fields: unknown, t: Translate): string {
  return listOf(fields)
    .map((field) => t(`events:field.${field}`, { defaultValue: field }))
    .join(t('events:comma'));
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(text) : [];
}

/** How long a lane has stood open, or over how long it was counted. */
function secondsOf({ openForMs, seconds, firstAt, lastAt }: Record<string, unknown>): number | string {
  if (typeof seconds === 'number') return seconds;
  if (typeof openForMs === 'number') return Math.round(openForMs / 1000);
  if (typeof firstAt !== 'number' || typeof lastAt !== 'number') return '';
  return Math.max(1, Math.round((lastAt - firstAt) / 1000));
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
