import { createInstance } from 'i18next';
import { describe, expect, it } from 'vitest';
import { type EventType, eventData } from '../../server/contract/events.ts';
import type { LogRow } from '../../server/contract/log.ts';
import {
  alarmKind,
  alarmPriority,
  denyReason,
  grantFlag,
  language,
  passageOutcome,
} from '../../server/contract/words.ts';
import { textsOf } from '../test-texts.ts';
import { reasonText, resultWord, sentenceOf, toneOf } from './sentence.ts';

const types = Object.keys(eventData) as EventType[];

function rowOf(type: EventType, data: Record<string, unknown> = {}, more: Partial<LogRow> = {}): LogRow {
  return { event: { school: 's', seq: 1, at: 0, v: 1, type, data, hash: '' }, ...more };
}

const everything = {
  reason: 'credential-lost',
  outcome: 'entered',
  direction: 'in',
  kind: 'forced',
  priority: 'high',
  from: 'controlled',
  to: 'lockdown',
  role: 'guard',
  after: 'held',
  fault: 'unplugged',
  fields: ['name', 'zoneId'],
  dates: ['2025-09-01'],
  openForMs: 31_000,
  channel: 2,
  version: '0.1.0',
  model: 'lcus-2',
  sample: false,
  by: 'rex',
  relay: 'fault',
  action: 'present',
};

describe.each(language.options)('sentences in %s', (lng) => {
  const i18n = createInstance();
  void i18n.init({
    lng,
    initAsync: false,
    resources: { [lng]: textsOf(lng) },
    interpolation: { escapeValue: false },
  });
  const t = (key: string, values?: Record<string, unknown>) => i18n.t(key, values ?? {});

  it('counts only what there is to count', () => {
    expect(sentenceOf(rowOf('system.started', { version: '1.0', replayed: 0 }), t)).not.toContain('0 ');
    expect(sentenceOf(rowOf('system.started', { version: '1.0', replayed: 7 }), t)).toContain('7');
  });

  it.each(types)('%s has a template of its own that leaves nothing open', (type) => {
    const full = sentenceOf(rowOf(type, everything, { actor: 'A', gate: 'G', lane: 'L', device: 'D' }), t);
    expect(full).not.toContain('{{');
    expect(full).not.toContain('sentence.');
    expect(full.length).toBeGreaterThan(3);
  });

  it.each(types)('%s is a whole sentence when everything it names was removed', (type) => {
    const bare = sentenceOf(rowOf(type), t);
    expect(bare).not.toMatch(/\{\{|undefined|null|NaN/);
  });

  it.each(types)('%s has a result word', (type) => {
    const word = resultWord(rowOf(type, everything), t);
    expect(word).not.toMatch(/[:.]|^$/);
  });

  it('says every closed code in words', () => {
    for (const [list, codes] of Object.entries({
      denyReason: denyReason.options,
      grantFlag: grantFlag.options,
      passageOutcome: passageOutcome.options,
      alarmKind: alarmKind.options,
      alarmPriority: alarmPriority.options,
    }))
      for (const code of codes) expect(i18n.exists(`words:${list}.${code}`), `${list}.${code}`).toBe(true);
  });
});

describe('results', () => {
  const t = (key: string) => key;

  it('tells a flagged grant from a plain one', () => {
    expect(toneOf(rowOf('passage.granted', { flags: [] }))).toBe('good');
    expect(toneOf(rowOf('passage.granted', { flags: ['lane-free'] }))).toBe('warn');
  });

  it('shows a critical alarm red and its clearing green', () => {
    expect(toneOf(rowOf('alarm.raised', { priority: 'critical' }))).toBe('bad');
    expect(toneOf(rowOf('alarm.cleared'))).toBe('good');
  });

  it('counts refusals that were not listed as refusals, over the time that they took', () => {
    const row = rowOf('reader.refusals-counted', { count: 812, firstAt: 1_000, lastAt: 61_400 });
    expect(toneOf(row)).toBe('bad');
    const counted = (key: string, values?: Record<string, unknown>) =>
      `${key} ${values?.count} ${values?.seconds}`;
    expect(sentenceOf(row, counted)).toBe('events:sentence.reader.refusals-counted 812 60');
    expect(resultWord(row, t)).toBe('words:resultKind.denied');
  });

  it('shows records that were lost red, and counts them', () => {
    const row = rowOf('store.recovered', { replayed: 3, damaged: 2 });
    expect(toneOf(row)).toBe('bad');
    expect(toneOf(rowOf('store.recovered', { replayed: 3 }))).toBe('good');
    const counted = (key: string, values?: Record<string, unknown>) =>
      `${key} ${values?.count} ${values?.lost}`;
    expect(sentenceOf(row, counted)).toBe('events:sentence.store.recovered 3 events:lost 2 undefined');
  });

  it('gives the typed words of a person as the reason of what the person did', () => {
    const row = rowOf('lane.opened');
    row.event.note = 'fire drill';
    expect(reasonText(row, t)).toBe('fire drill');
    expect(reasonText(rowOf('passage.denied', { reason: 'no-rule' }), t)).toBe('words:denyReason.no-rule');
  });

  it('keeps a code that these texts do not know yet', () => {
    const known = (key: string, values?: Record<string, unknown>) => String(values?.defaultValue ?? key);
    expect(reasonText(rowOf('passage.denied', { reason: 'new-reason' }), known)).toBe('new-reason');
  });
});
