import { describe, expect, it } from 'vitest';
import {
  colourAt,
  darkPanel,
  light,
  outputsAt,
  sound,
  soundsAt,
  switchOutputs,
  textAt,
  write,
} from './panel.ts';

const steady = (on: 'red' | 'green') => ({ onMs: 100, offMs: 0, on, off: 'black' as const });
const blinking = { onMs: 200, offMs: 100, on: 'green', off: 'black' } as const;

describe('outputs of a PD', () => {
  const out = (
    panel: ReturnType<typeof darkPanel>,
    action: 'off' | 'on' | 'timed-on' | 'timed-off' | 'off-after-timer' | 'on-after-timer' | 'nop',
    timerMs: number,
    at: number,
  ) => switchOutputs(panel, { kind: 'out', outputs: [{ output: 1, action, timerMs }] }, at) ?? panel;

  it('go on for a time and fall back', () => {
    const panel = out(darkPanel(2), 'timed-on', 3_000, 1_000);
    expect(outputsAt(panel, 3_999)).toEqual([false, true]);
    expect(outputsAt(panel, 4_000)).toEqual([false, false]);
  });

  it('fall back to what has become permanent meanwhile, or end at once', () => {
    const timed = out(darkPanel(2), 'timed-on', 3_000, 0);
    expect(outputsAt(out(timed, 'on-after-timer', 0, 1_000), 5_000)[1]).toBe(true);
    const off = out(out(timed, 'on-after-timer', 0, 1_000), 'off-after-timer', 0, 1_000);
    expect([outputsAt(off, 2_000)[1], outputsAt(off, 3_000)[1]]).toEqual([true, false]);
    expect(outputsAt(out(timed, 'off', 0, 1_000), 1_000)[1]).toBe(false);
    expect(outputsAt(out(timed, 'nop', 0, 1_000), 1_000)[1]).toBe(true);
  });

  it('go off for a time, and for ever with a timer of 0', () => {
    const held = out(darkPanel(2), 'on', 0, 0);
    const gap = out(held, 'timed-off', 500, 0);
    expect([outputsAt(gap, 499)[1], outputsAt(gap, 500)[1]]).toEqual([false, true]);
    expect(outputsAt(out(darkPanel(2), 'timed-on', 0, 0), 1e12)[1]).toBe(true);
  });

  it('are not there when they are not there', () => {
    expect(
      switchOutputs(darkPanel(1), { kind: 'out', outputs: [{ output: 1, action: 'on', timerMs: 0 }] }, 0),
    ).toBeUndefined();
  });
});

describe('lights of a PD', () => {
  it('show the temporary above the permanent, blink, and can be cancelled', () => {
    const red = light(
      darkPanel(0),
      { kind: 'led', lights: [{ reader: 0, led: 0, permanent: steady('red') }] },
      0,
    );
    const green = light(
      red,
      { kind: 'led', lights: [{ reader: 0, led: 0, temporary: { ...blinking, timerMs: 1_000 } }] },
      5_000,
    );
    expect([5_000, 5_199, 5_200, 5_300, 5_999, 6_000].map((at) => colourAt(green, at))).toEqual([
      'green',
      'green',
      'black',
      'green',
      'green',
      'red',
    ]);
    const cancelled = light(
      green,
      { kind: 'led', lights: [{ reader: 0, led: 0, temporary: 'cancel' }] },
      5_100,
    );
    expect(colourAt(cancelled, 5_100)).toBe('red');
    expect([colourAt(red, 9e9), colourAt(darkPanel(0), 0)]).toEqual(['red', 'black']);
  });
});

describe('sounder and display of a PD', () => {
  it('beeps as often as it was told', () => {
    const twice = sound(
      darkPanel(0),
      { kind: 'buz', reader: 0, tone: 'default', onMs: 200, offMs: 100, times: 2 },
      1_000,
    );
    const heard = [1_000, 1_199, 1_200, 1_300, 1_499, 1_500, 1_600].map((at) => soundsAt(twice, at));
    expect(heard).toEqual([true, true, false, true, true, false, false]);
    const quiet = sound(twice, { kind: 'buz', reader: 0, tone: 'off', onMs: 0, offMs: 0, times: 0 }, 1_100);
    expect(soundsAt(quiet, 1_100)).toBe(false);
    expect(soundsAt(darkPanel(0), 0)).toBe(false);
  });

  it('shows a text for a time above the one that stays', () => {
    const text = { kind: 'text', reader: 0, wrap: false, row: 1, column: 1 } as const;
    const idle = write(darkPanel(0), { ...text, text: 'CARD PLEASE' }, 0);
    const welcome = write(idle, { ...text, text: 'WELCOME', temporaryMs: 2_000 }, 1_000);
    expect([textAt(welcome, 2_999), textAt(welcome, 3_000), textAt(darkPanel(0), 0)]).toEqual([
      'WELCOME',
      'CARD PLEASE',
      '',
    ]);
  });
});
