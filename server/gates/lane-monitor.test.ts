import { describe, expect, it } from 'vitest';
import { closes, grant, lost, opens, relay, run } from './test-lane.ts';

describe('one person', () => {
  it('enters when the door opens in time', () => {
    expect(
      run([
        [0, closes],
        [10, grant(1)],
        [20, relay(1)],
        [900, opens],
        [2_000, closes],
      ]).words,
    ).toEqual(['900 1:entered/confirmed']);
  });

  it('is not entered when the door stays closed, at the end of the wait', () => {
    const { words, state } = run([
      [0, closes],
      [10, grant(1)],
      [20, relay(1, 'sent')],
    ]);
    expect(words).toEqual(['8010 1:not-entered/sent']);
    expect(state.releases).toEqual([]);
  });

  it('is assumed at once where no switch tells', () => {
    expect(
      run([
        [10, grant(1)],
        [35, relay(1, 'sent')],
      ]).words,
    ).toEqual(['35 1:assumed/sent']);
  });

  it('is assumed when the switch goes off line while the door is awaited', () => {
    expect(
      run([
        [0, closes],
        [10, grant(1)],
        [35, relay(1)],
        [500, lost],
      ]).words,
    ).toEqual(['500 1:assumed/confirmed']);
  });

  it('is assumed where the lane does not wait', () => {
    expect(
      run([
        [0, closes, { notEnteredMs: 0 }],
        [10, grant(1)],
        [35, relay(1)],
      ]).words,
    ).toEqual(['35 1:assumed/confirmed']);
  });

  it('is unobserved when watching ends before the door told, and that is the end of it', () => {
    const { words, state } = run([
      [0, closes],
      [10, grant(1)],
      [20, relay(1, 'sent')],
      [30, grant(2)],
      [40, relay(2, 'unknown')],
      [50, grant(3)],
      [60, { kind: 'end' }],
      [9_000, opens],
    ]);
    expect(words.slice(0, 3)).toEqual([
      '60 1:unobserved/sent',
      '60 2:relay-unknown/unknown',
      '60 3:unobserved/unknown',
    ]);
    expect(state.releases.filter(({ decided }) => !decided)).toEqual([]);
  });

  it('has entered when watching ends after the door, before the relay', () => {
    const { words } = run([
      [0, closes],
      [10, grant(1)],
      [20, opens],
      [30, { kind: 'end' }],
    ]);
    expect(words[0]).toBe('30 1:entered/unknown');
  });

  it('waits for the relay even when the door was quicker', () => {
    expect(
      run([
        [0, closes],
        [10, grant(1)],
        [50, opens],
        [60, relay(1)],
        [900, closes],
      ]).words,
    ).toEqual(['60 1:entered/confirmed']);
  });
});

describe('the relay', () => {
  it('fails: the outcome says so at once, and an opening after it is forced', () => {
    expect(
      run([
        [0, closes],
        [10, grant(1)],
        [300, relay(1, 'fault')],
        [900, opens],
        [1_500, closes],
      ]).words,
    ).toEqual(['300 1:relay-fault/fault', '900 forced', '1500 secured after forced']);
  });

  it('turns out not to have moved after the door opened: forced, even if it is closed again', () => {
    const open = run([
      [0, closes],
      [10, grant(1)],
      [50, opens],
      [300, relay(1, 'fault')],
      [400, closes],
    ]);
    expect(open.words).toEqual(['300 forced', '300 1:relay-fault/fault', '400 secured after forced']);
    const closed = run([
      [0, closes],
      [10, grant(1)],
      [50, opens],
      [90, closes],
      [300, relay(1, 'fault')],
    ]);
    expect(closed.words).toEqual(['300 forced', '300 secured after forced', '300 1:relay-fault/fault']);
  });

  it('turns out not to have moved, and another release covers what it seemed to cover', () => {
    const { words } = run([
      [0, closes],
      [10, grant(1)],
      [20, grant(2)],
      [30, relay(2)],
      [50, opens],
      [90, closes],
      [300, relay(1, 'fault')],
    ]);
    expect(words).toEqual(['300 1:relay-fault/fault', '300 2:entered/confirmed']);
  });

  it('is unknown: covered, entered when the door tells, else unknown', () => {
    expect(
      run([
        [0, closes],
        [10, grant(1)],
        [300, relay(1, 'unknown')],
        [900, opens],
        [1_000, closes],
      ]).words,
    ).toEqual(['900 1:entered/unknown']);
    expect(
      run([
        [0, closes],
        [10, grant(1)],
        [300, relay(1, 'unknown')],
      ]).words,
    ).toEqual(['8010 1:relay-unknown/unknown']);
    expect(
      run([
        [10, grant(1)],
        [300, relay(1, 'unknown')],
      ]).words,
    ).toEqual(['300 1:relay-unknown/unknown']);
  });

  it('never answers: unknown after its bound, and a later answer changes nothing', () => {
    expect(
      run([
        [10, grant(1)],
        [9_000, relay(1)],
      ]).words,
    ).toEqual(['8010 1:relay-unknown/unknown']);
    expect(
      run([
        [0, closes, { notEnteredMs: 1_000 }],
        [10, grant(1)],
        [9_000, relay(1)],
      ]).words,
    ).toEqual(['5010 1:relay-unknown/unknown']);
  });
});

describe('rush hour', () => {
  it('counts one entry a cycle of a turnstile, also when grants come before the cycle has ended', () => {
    const { words } = run([
      [0, closes],
      [100, grant(1)],
      [110, relay(1)],
      [600, opens],
      [1_000, grant(2)],
      [1_010, relay(2)],
      [1_400, closes],
      [1_700, opens],
      [2_000, grant(3)],
      [2_010, relay(3)],
      [2_400, closes],
    ]);
    // The third came while the arm turned, but the arm came home and never turned for them.
    expect(words).toEqual([
      '600 1:entered/confirmed',
      '1700 2:entered/confirmed',
      '10000 3:not-entered/confirmed',
    ]);
  });

  it('lets several waiting people through in turn', () => {
    const { words } = run([
      [0, closes],
      [10, grant(1)],
      [11, relay(1)],
      [20, grant(2)],
      [21, relay(2)],
      [500, opens],
      [700, closes],
      [900, opens],
      [1_100, closes],
    ]);
    expect(words).toEqual(['500 1:entered/confirmed', '900 2:entered/confirmed']);
  });

  it('counts people who walk through a door that stands open', () => {
    const { words } = run([
      [0, closes],
      [10, grant(1)],
      [11, relay(1)],
      [500, opens],
      [2_000, grant(2)],
      [2_010, relay(2)],
      [3_000, grant(3)],
      [3_010, relay(3)],
      [6_000, closes],
    ]);
    expect(words).toEqual([
      '500 1:entered/confirmed',
      '3500 2:entered/confirmed',
      '4500 3:entered/confirmed',
    ]);
  });

  it('does not call the turn forced that follows a standing barrier', () => {
    const { words } = run([
      [0, closes],
      [10, grant(1)],
      [11, relay(1)],
      [500, opens],
      [1_000, grant(2)],
      [1_010, relay(2)],
      [3_000, closes],
      [4_000, opens],
      [4_500, closes],
    ]);
    expect(words).toEqual(['500 1:entered/confirmed', '2500 2:entered/confirmed']);
  });

  it('starts the held time anew with each release', () => {
    const { words } = run([
      [0, closes],
      [10, grant(1)],
      [11, relay(1)],
      [1_000, opens],
      [14_000, grant(2)],
      [14_010, relay(2)],
      [28_000, grant(3)],
      [28_010, relay(3)],
      [50_000, closes],
    ]);
    expect(words).toContain('43000 held-warning 42000');
    expect(words.filter((each) => each.includes('held'))).toHaveLength(2);
    expect(words.at(-1)).toBe('50000 secured after held-warning');
  });
});
