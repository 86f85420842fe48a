import { beforeEach, describe, expect, it } from 'vitest';
import { parseCredentialKey } from '../../hardware/credential.ts';
import type { Read } from '../../hardware/ports.ts';
import { explanation } from '../contract/access.ts';
import { decide } from './decide.ts';
import { type Directory, directoryOf } from './directory.ts';
import { createMemory, type Memory } from './directory-memory.ts';
import { explain } from './explain.ts';
import type { ZonePassage } from './facts.ts';
import { createPresence } from './presence.ts';

// Monday 14 September 2026, 06:00 in Shanghai: half an hour before lessons' gates open.
const early = Date.UTC(2026, 8, 13, 22, 0);
const open = early + 30 * 60_000;

let memory: Memory;
let directory: Directory;
beforeEach(() => {
  memory = createMemory();
  directory = directoryOf(memory, undefined);
  const { put } = memory;
  put.school(['s', 'Sample school', 'Asia/Shanghai', 'en', 1, '{}', 3, 10, 5]);
  put.schedules(['days', 'School days', 0, [['1', 390, 1080]]]);
  put.zones(['campus', 'Campus', 'hard', 0]);
  const rest = [
    null,
    1,
    1000,
    null,
    0,
    null,
    1,
    1,
    8000,
    15000,
    30000,
    'pass-known',
    0,
    'card',
    'card',
    null,
  ] as const;
  put.lanes(['l1', 'g', 'Lane 1', 1, 'controlled', 'campus', ...rest]);
  put.lanes(['l2', 'g', 'Lane 2', 2, 'controlled', 'campus', ...rest]);
  put.readers(['r1', 'Lane 1 in', 'd', 1, 'l1', 'in', '{}']);
  put.readers(['r2', 'Lane 2 in', 'd', 2, 'l2', 'in', '{}']);
  put.groups(['students', 'Students', 0]);
  put.rules(['rule1', 'students', 'l1', 'both', 'days']);
  put.rules(['rule2', 'students', 'l2', 'in', 'days']);
  put.cardholders(['p1', 'student', '1', 'Student One', null, 'active', null, ['students']]);
  put.cardholders(['p2', 'student', '2', 'Student Two', null, 'active', null, ['students']]);
  put.credentials(['c1', 'em4100:40:0A12345678', 'p1', 'active', null, null]);
  put.credentials(['c2', 'em4100:40:0B12345678', 'p2', 'active', null, null]);
});

function ask(
  key: string,
  at: number,
  number = 1,
  last?: (id: string, zone: string) => ZonePassage | undefined,
) {
  const credential = parseCredentialKey(key);
  const reader = directory.place('d', number);
  const facts = reader && credential && directory.facts(reader, credential, last ?? (() => undefined));
  if (!facts || !credential) throw new Error('nothing to ask');
  const read: Read = { deviceId: 'd', reader: number, at, credential };
  return { facts, read, explained: explain(facts, read, at), decision: decide(facts, read, at) };
}
const step = (explained: ReturnType<typeof explain>, rule: string) =>
  explained.steps.find((each) => each.rule === rule);

describe('explain', () => {
  it('says when the schedule opens', () => {
    const { explained } = ask('em4100:40:0A12345678', early);
    expect(explained).toMatchObject({
      result: 'denied',
      reason: 'outside-schedule',
      laneId: 'l1',
      direction: 'in',
    });
    expect(step(explained, 'outside-schedule')).toEqual({
      rule: 'outside-schedule',
      verdict: 'decided',
      facts: {
        kind: 'schedules',
        date: '2026-09-14',
        minute: 360,
        schedules: [
          {
            scheduleId: 'days',
            name: 'School days',
            ruleIds: ['rule1'],
            open: false,
            day: '1',
            windows: [{ startMinute: 390, endMinute: 1080 }],
            next: { at: open, opens: true },
          },
        ],
      },
    });
    expect(step(explained, 'anti-passback')).toEqual({
      rule: 'anti-passback',
      verdict: 'not-reached',
      facts: {},
    });
  });

  it('says whose cards a short read may be, and grants none of them', () => {
    const { explained, decision } = ask('em4100:32:12345678', open);
    expect(decision).toEqual({ grant: false, reason: 'unknown-credential' });
    expect(step(explained, 'unknown-credential')?.facts).toEqual({
      kind: 'identity',
      found: 'ambiguous',
      credentialIds: ['c1', 'c2'],
    });
    expect(explained.cardholder).toBeUndefined();
  });

  it('says that the walk was cut short by a grant', () => {
    memory.put.lanes([
      'l1',
      'g',
      'Lane 1',
      1,
      'free',
      'campus',
      null,
      1,
      1000,
      null,
      0,
      null,
      1,
      1,
      0,
      0,
      0,
      'pass-known',
      0,
      'card',
      'card',
      null,
    ]);
    const { explained } = ask('em4100:40:0A12345678', early);
    expect(explained).toMatchObject({ result: 'granted', flags: ['lane-free'], cardholder: { id: 'p1' } });
    expect(step(explained, 'lane-lockdown')?.verdict).toBe('decided');
    expect(step(explained, 'no-rule')?.verdict).toBe('skipped');
  });

  it('names the last passage that anti-passback went by', () => {
    const last = { direction: 'in' as const, laneId: 'l2', at: open - 1000 };
    const { explained } = ask('em4100:40:0A12345678', open, 1, () => last);
    expect(explained.reason).toBe('anti-passback');
    expect(step(explained, 'anti-passback')?.facts).toMatchObject({
      zoneId: 'campus',
      mode: 'hard',
      lastPassage: last,
    });
  });

  it('is what the contract says', () => {
    for (const key of ['em4100:40:0A12345678', 'em4100:32:12345678', 'wiegand:26:0000001']) {
      const { explained } = ask(key, open);
      expect(explanation.parse(explained)).toEqual(explained);
    }
  });
});

describe('one card at two lanes within a moment', () => {
  it('passes once: what was granted counts before it is recorded', () => {
    const presence = createPresence((laneId) => directory.lane(laneId)?.zone?.id);
    const swipe = (number: number, at: number) => {
      const { decision, facts } = ask('em4100:40:0A12345678', at, number, presence.lastPassage);
      if (!decision.grant) return { reason: decision.reason };
      return {
        claim: presence.claim(
          { cardholderId: decision.cardholder?.id },
          facts.lane.id,
          facts.reader.direction,
          at,
        ),
      };
    };
    const first = swipe(1, open);
    expect(swipe(2, open + 3)).toEqual({ reason: 'anti-passback' });
    if (!first.claim) throw new Error('the first was refused');
    // The first could not be recorded, and so was not let through.
    presence.release(first.claim);
    expect(swipe(2, open + 6).claim).toBeDefined();
  });
});
