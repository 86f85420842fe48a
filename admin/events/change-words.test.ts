import { createInstance } from 'i18next';
import { describe, expect, it } from 'vitest';
import type { Changes } from '../../server/contract/changes.ts';
import { type EventType, eventData } from '../../server/contract/events.ts';
import type { LogRow } from '../../server/contract/log.ts';
import { language } from '../../server/contract/words.ts';
import { textsOf } from '../test-texts.ts';
import { changesOf } from './change-words.ts';

function translator(lng: string) {
  const i18n = createInstance();
  void i18n.init({
    lng,
    initAsync: false,
    resources: { [lng]: textsOf(lng) },
    interpolation: { escapeValue: false },
  });
  return (key: string, values?: Record<string, unknown>) => i18n.t(key, values ?? {});
}
const timeOf = (at: number) => `at ${at}`;

function told(type: EventType, changes: Changes, names: Record<string, string> = {}, lng = 'en'): string[] {
  const event = { school: 's', seq: 1, at: 0, v: 1, type, data: { changes }, hash: '' };
  const row: LogRow = { event, names };
  return changesOf(row, translator(lng), timeOf).map(({ field, from, to }) => `${field}: ${from} → ${to}`);
}

it('says codes, times, switches and things as people call them', () => {
  const changes: Changes = {
    zoneId: { from: null, to: 'z1' },
    outputDeviceId: { from: 'b1', to: '0f9d2c66-1111' },
    pulseMs: { from: 700, to: 1000 },
    rexReleases: { from: true, to: false },
    dpsInput: { from: 0, to: 3 },
    onStoreFault: { from: 'pass-known', to: 'refuse-all' },
  };
  expect(told('lane.changed', changes, { z1: 'Grounds', b1: 'Board' })).toEqual([
    'zone: none → Grounds',
    'relay device: Board → 0f9d2c66 (removed)',
    'pulse time: 0.7 s → 1 s',
    'exit button releases: Yes → No',
    'door position input: 1 → 4',
    'on store fault: Let known people pass → Refuse everybody',
  ]);
  expect(
    told('zone.changed', { apbMode: { from: 'off', to: 'timed' }, apbMinutes: { from: 0, to: 5 } }),
  ).toEqual(['anti-passback: Off → Refuse for a time', 'anti-passback minutes: 0 min → 5 min']);
});

it('says the standing of people and of cards each in their own words', () => {
  expect(told('cardholder.changed', { status: { from: 'active', to: 'left' } })).toEqual([
    'status: Active → Left the school',
  ]);
  expect(
    told('credential.changed', { status: { from: 'lost', to: 'active' }, validUntil: { from: null, to: 5 } }),
  ).toEqual(['status: Lost → Active', 'valid until: none → at 5']);
  const changes = { groupIds: { from: ['g1'], to: ['g1', 'g2'] }, photoId: { from: null, to: 'p' } };
  expect(told('cardholder.changed', changes, { g1: 'Day students', g2: 'Boarders' })).toEqual([
    'access groups: Day students → Day students, Boarders',
  ]);
});

it('says hours, days and the settings of devices', () => {
  expect(told('schedule.changed', { windows: { from: [], to: ['1 390 1080', 'holiday 0 1440'] } })).toEqual([
    'windows: none → Monday 06:30–18:00, Holidays 00:00–24:00',
  ]);
  const days = {
    '2026-10-01': { from: 'holiday', to: 'make-up' },
    '2026-10-01.followsWeekday': { from: null, to: 4 },
  };
  expect(told('calendar.changed', days)).toEqual([
    '2026-10-01: Holiday → Make-up day',
    '2026-10-01 follows the hours of: none → Thursday',
  ]);
  const device = {
    'address.path': { from: '/dev/ttyUSB0', to: null },
    'options.baudRate': { from: 9600, to: 115_200 },
    'options.suffix': { from: '', to: '\r\n' },
    'options.holdMs': { from: 400, to: 500 },
  };
  expect(told('device.changed', device)).toEqual([
    'port: /dev/ttyUSB0 → none',
    'Baud rate: 9600 → 115200',
    'Suffix: none → \\r\\n',
    'Same presentation until away for (ms): 400 → 500',
  ]);
});

describe.each(language.options)('in %s', (lng) => {
  /** Every field that the contract lets into the record, where it names them. */
  const named = (Object.entries(eventData) as [EventType, { shape: Record<string, unknown> }][]).flatMap(
    ([type, { shape }]) => fieldsOf(shape.changes).map((field) => [type, field] as const),
  );
  it.each(named.filter(([, field]) => field !== 'photoId'))('%s has a word for %s', (type, field) => {
    const t = translator(lng);
    expect(t(`events:field.${field}`)).not.toBe(`field.${field}`);
    expect(told(type, { [field]: { from: null, to: null } }, {}, lng)).toHaveLength(1);
  });
  it('finds the fields that it asks for', () => expect(named.length).toBeGreaterThan(20));
});

/** The members of the object inside optional and transform. */
function fieldsOf(schema: unknown): string[] {
  for (let each = schema as Record<string, never> | undefined; each; ) {
    if ('shape' in each) return Object.keys(each.shape);
    const { def } = each as { def?: Record<string, never> };
    each = def?.innerType ?? def?.in;
  }
  return [];
}
