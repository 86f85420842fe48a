import { describe, expect, it } from 'vitest';
import { isReleased, laneMonitor } from './lane-monitor.ts';
import { closes, grant, opens, relay, rex, run, type Script, tick, times } from './test-lane.ts';

describe('the door', () => {
  it('opens without a release: forced, until it closes', () => {
    expect(
      run([
        [0, closes],
        [500, opens],
        [90_000, closes],
      ]).words,
    ).toEqual(['500 forced', '90000 secured after forced']);
  });

  it('opens once more while the lock is free, but not after', () => {
    const { words } = run([
      [0, closes],
      [10, grant(1)],
      [20, relay(1)],
      [500, opens],
      [700, closes],
      [900, opens],
      [1_200, closes],
      [1_600, opens],
    ]);
    expect(words).toEqual(['500 1:entered/confirmed', '1600 forced']);
  });

  it('opens after the wait is over: forced', () => {
    expect(
      run([
        [0, closes],
        [10, grant(1)],
        [20, relay(1)],
        [8_010, opens],
      ]).words,
    ).toEqual(['8010 1:not-entered/confirmed', '8010 forced']);
  });

  it('opens by request to exit, with or without its relay', () => {
    expect(
      run([
        [0, closes],
        [10, rex(1)],
        [20, relay(1)],
        [500, opens],
        [900, closes],
      ]).words,
    ).toEqual(['500 1:entered/confirmed']);
    expect(
      run([
        [0, closes],
        [10, rex(1)],
        [20, relay(1, 'fault')],
        [500, opens],
        [900, closes],
      ]).words,
    ).toEqual(['20 1:relay-fault/fault']);
  });

  it('is held: a warning, the alarm, and secured', () => {
    expect(
      run([
        [0, closes],
        [10, grant(1)],
        [20, relay(1)],
        [1_000, opens],
        [50_000, closes],
      ]).words,
    ).toEqual([
      '1000 1:entered/confirmed',
      '16000 held-warning 15000',
      '31000 held 30000',
      '50000 secured after held',
    ]);
  });

  it('is never held where both times are 0, and alarms without a warning where that one is', () => {
    const script: Script = [
      [0, closes, { heldWarningMs: 0, heldAlarmMs: 0 }],
      [10, rex(1)],
      [20, relay(1)],
      [1_000, opens],
    ];
    expect(run(script).words).toEqual(['1000 1:entered/confirmed']);
    const alarmOnly: Script = [
      [0, closes, { heldWarningMs: 0 }],
      [10, rex(1)],
      [20, relay(1)],
      [1_000, opens],
    ];
    expect(run(alarmOnly).words).toEqual(['1000 1:entered/confirmed', '31000 held 30000']);
  });

  it('is found open at the first look: not forced, but held in time', () => {
    expect(run([[0, opens]], { until: 20_000 }).words).toEqual(['15000 held-warning 15000']);
  });

  it('closes an alarm that was running before the server was started again', () => {
    expect(run([[0, closes]], { start: laneMonitor('forced') }).words).toEqual(['0 secured after forced']);
  });

  it('is free for all in posture free; the held time starts when that ends', () => {
    const { words } = run([
      [0, closes, { free: true }],
      [500, opens],
      [60_000, tick, { free: false }],
      [76_000, closes],
    ]);
    expect(words).toEqual(['75000 held-warning 74500', '76000 secured after held-warning']);
  });
});

it('tells whether the lane is released', () => {
  const { state } = run(
    [
      [0, closes],
      [10, grant(1)],
    ],
    { until: 10 },
  );
  expect(isReleased(state, times, 20)).toBe(true);
  const after = run(
    [
      [0, closes],
      [10, grant(1)],
      [20, relay(1)],
      [500, opens],
    ],
    { until: 500 },
  );
  expect(isReleased(after.state, times, 600)).toBe(true);
  expect(isReleased(after.state, times, 1_600)).toBe(false);
  expect(isReleased(after.state, { ...times, free: true }, 1_600)).toBe(true);
});
