import { beforeEach, describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../contract/events.ts';
import type { Direction, PassageOutcome } from '../contract/words.ts';
import { createPresence, type Presence } from './presence.ts';
import { afterPassage, type Standing, zoneOf } from './presence-state.ts';

const zones: Record<string, string> = { gate: 'campus', back: 'campus', door: 'dormitory' };
let presence: Presence;
let seq = 0;
beforeEach(() => {
  presence = createPresence((laneId) => zones[laneId]);
  seq = 0;
});

const envelope = () => ({ school: 's', seq: ++seq, at: seq * 1000, v: 1, hash: '' });
const where = (laneId: string, direction: Direction) => ({ gateId: 'g', laneId, readerId: 'r', direction });
function granted(laneId: string, direction: Direction): LoggedEvent {
  const data = { ...where(laneId, direction), cardholderId: 'p', credentialId: 'c', flags: [] };
  return { ...envelope(), type: 'passage.granted', data };
}
function outcome(
  grant: LoggedEvent,
  outcome: PassageOutcome,
  of: number | undefined = grant.seq,
): LoggedEvent {
  if (grant.type !== 'passage.granted') throw new Error('not a grant');
  const { laneId, direction } = grant.data;
  const data = { ...where(laneId, direction), outcome, relay: 'sent' as const, cardholderId: 'p' };
  return { ...envelope(), type: 'passage.outcome', data: of === undefined ? data : { ...data, of } };
}
const last = (zoneId = 'campus') => presence.lastPassage('p', zoneId)?.direction;
/** A whole passage. */
function pass(laneId: string, direction: Direction, became: PassageOutcome = 'entered'): void {
  presence.claim({ cardholderId: 'p' }, laneId, direction, 0);
  const grant = granted(laneId, direction);
  presence.follow([grant, outcome(grant, became)]);
}

describe('a lane that was free', () => {
  const freed: LoggedEvent['data'] = { gateId: 'g', laneId: 'back', from: 'free', to: 'controlled' };

  it('leaves nothing known of anybody at its zone, claims included, and of other zones all', () => {
    for (const lane of ['gate', 'door']) {
      const grant = granted(lane, 'in');
      presence.follow([grant, outcome(grant, 'entered')]);
    }
    presence.follow([granted('gate', 'in')]);
    presence.follow([{ ...envelope(), type: 'lane.posture-changed', data: freed } as LoggedEvent]);
    expect(presence.lastPassage('p', 'campus')).toBeUndefined();
    expect(presence.lastPassage('p', 'dormitory')?.direction).toBe('in');
    presence.claim({ cardholderId: 'p' }, 'gate', 'out', 1);
    expect(presence.lastPassage('p', 'campus')?.direction).toBe('out');
  });
});

describe('claims', () => {
  it('count at once, before anything is recorded', () => {
    expect(last()).toBeUndefined();
    presence.claim({ cardholderId: 'p' }, 'gate', 'in', 0);
    expect(last()).toBe('in');
    expect(presence.lastPassage('someone else', 'campus')).toBeUndefined();
  });

  it('are as if they had not been when nothing could be recorded', () => {
    pass('gate', 'out');
    const claim = presence.claim({ cardholderId: 'p' }, 'gate', 'in', 0);
    presence.release(claim);
    expect(last()).toBe('out');
    presence.release(claim);
    expect(last()).toBe('out');
  });

  it('of two lanes stand one upon the other until each has its outcome', () => {
    presence.claim({ cardholderId: 'p' }, 'gate', 'in', 0);
    presence.claim({ cardholderId: 'p' }, 'back', 'out', 0);
    const one = granted('gate', 'in');
    const two = granted('back', 'out');
    presence.follow([one, two]);
    expect(last()).toBe('out');
    presence.follow([outcome(two, 'not-entered')]);
    expect(last()).toBe('in');
    presence.follow([outcome(one, 'not-entered')]);
    expect(last()).toBeUndefined();
  });

  it('do not let a late outcome overtake a later passage', () => {
    presence.claim({ cardholderId: 'p' }, 'gate', 'in', 0);
    presence.claim({ cardholderId: 'p' }, 'back', 'out', 0);
    const one = granted('gate', 'in');
    const two = granted('back', 'out');
    presence.follow([one, two, outcome(two, 'entered')]);
    expect(last()).toBe('out');
    presence.follow([outcome(one, 'entered')]);
    expect(last()).toBe('out');
  });
});

describe('outcomes', () => {
  const cases: [PassageOutcome, Direction | undefined][] = [
    ['entered', 'in'],
    ['assumed', 'in'],
    ['not-entered', 'out'],
    ['relay-fault', 'out'],
    ['relay-unknown', undefined],
    ['unobserved', undefined],
  ];
  it.each(cases)('%s', (became, direction) => {
    pass('gate', 'out');
    pass('gate', 'in', became);
    expect(last()).toBe(direction);
  });

  it('settle a grant that was recorded elsewhere, and one without a number', () => {
    const one = granted('gate', 'in');
    presence.follow([one]);
    expect(last()).toBe('in');
    presence.follow([outcome(one, 'not-entered', undefined)]);
    expect(last()).toBeUndefined();
    presence.follow([outcome(one, 'entered', undefined)]);
    expect(last()).toBe('in');
  });

  it('change nothing when they come twice', () => {
    const one = granted('gate', 'in');
    const two = granted('gate', 'out');
    const first = outcome(one, 'entered');
    presence.follow([one, first, two, outcome(two, 'entered'), first]);
    expect(last()).toBe('out');
  });
});

describe('zones within one another', () => {
  it('are counted each for itself', () => {
    pass('gate', 'in');
    pass('door', 'in');
    expect([last('campus'), last('dormitory')]).toEqual(['in', 'in']);
    pass('door', 'out');
    expect([last('campus'), last('dormitory')]).toEqual(['in', 'out']);
  });

  it('leave a person in the one they entered last and have not left', () => {
    const steps: [string, string | undefined, Direction, string | null][] = [
      ['gate', 'campus', 'in', 'campus'],
      ['door', 'dormitory', 'in', 'dormitory'],
      ['shed', undefined, 'in', 'dormitory'],
      ['door', 'dormitory', 'out', 'campus'],
      ['gate', 'campus', 'out', null],
    ];
    let standing: Standing | undefined;
    for (const [index, [laneId, zoneId, direction, inside]] of steps.entries()) {
      standing = afterPassage(standing, {
        laneId,
        zoneId,
        direction,
        at: index,
        seq: index + 1,
        certain: true,
      });
      expect(zoneOf(standing)).toBe(inside);
      expect(standing).toMatchObject({ laneId, direction, at: index });
    }
  });
});
