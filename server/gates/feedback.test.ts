import { describe, expect, it } from 'vitest';
import type { Indication, OsdpBus, ShowResult } from '../../hardware/osdp-ports.ts';
import { type Feedback, feedbackIn, type Signal } from '../contract/feedback.ts';
import { silent } from '../events/testing.ts';
import { createFeedback, indicationOf } from './feedback.ts';

const signal = (change: Partial<Signal>): Signal => ({
  ...{ colour: 'white', blink: false, beeps: 0, text: '', seconds: 2 },
  ...change,
});

describe('what a reader shows', () => {
  it('is green and one beep, red and two, blinking amber, and then its light at rest', () => {
    expect(indicationOf('granted', {}, {})).toEqual({
      idleLight: 'black',
      light: { colour: 'green', ms: 3_000 },
      sound: { beeps: 1, onMs: 100, offMs: 100 },
    });
    expect(indicationOf('denied', {}, {})).toMatchObject({ light: { colour: 'red' }, sound: { beeps: 2 } });
    expect(indicationOf('waiting', {}, {})).toEqual({
      idleLight: 'black',
      light: { colour: 'amber', ms: 10_000, blinkMs: 300 },
    });
    expect(indicationOf('idle', {}, {})).toEqual({ idleLight: 'black' });
  });

  it('is the school’s, and the reader’s own over it, each result by itself', () => {
    const school: Feedback = { granted: signal({ text: 'WELCOME' }), idle: signal({ colour: 'blue' }) };
    const own: Feedback = { granted: signal({ colour: 'cyan', text: 'HELLO', seconds: 1 }) };
    expect(indicationOf('granted', school, own)).toEqual({
      idleLight: 'blue',
      light: { colour: 'cyan', ms: 1_000 },
      text: { text: 'HELLO', ms: 1_000 },
    });
    expect(indicationOf('granted', school, {})).toMatchObject({
      light: { colour: 'white' },
      text: { text: 'WELCOME' },
    });
    expect(indicationOf('denied', school, own)).toMatchObject({
      idleLight: 'blue',
      light: { colour: 'red' },
    });
  });

  it('of a damaged row is as usual', () => {
    for (const json of ['', 'null', '{"granted":{"colour":"pink"}}', '[1]'])
      expect(feedbackIn(json)).toEqual({});
  });
});

describe('showing', () => {
  const reader = { deviceId: 'bus', number: 4, feedback: {} };
  const told: string[] = [];
  const on = (show: OsdpBus['show'] | undefined) =>
    createFeedback({
      hardware: { osdp: (id) => (id === 'bus' && show ? ({ show } as OsdpBus) : undefined) },
      school: () => undefined,
      log: { ...silent, warn: () => void told.push('warned') },
    });

  it('goes to the reader on its bus, and to none that is on no bus', () => {
    const seen: [number, Indication][] = [];
    const show = async (number: number, indication: Indication): Promise<ShowResult> => {
      seen.push([number, indication]);
      return { outcome: 'shown' };
    };
    on(show)(reader, 'denied');
    on(show)({ ...reader, deviceId: 'other' }, 'denied');
    on(undefined)(reader, 'denied');
    expect(seen).toEqual([[4, indicationOf('denied', {}, {})]]);
  });

  it('that a PIN is awaited keeps the reader awake, and nothing else does', async () => {
    const awake: [number, number][] = [];
    const bus: Partial<OsdpBus> = {
      show: async () => ({ outcome: 'shown' }),
      async keepActive(number, ms) {
        awake.push([number, ms]);
        return { outcome: 'refused' };
      },
    };
    const show = createFeedback({
      ...{ hardware: { osdp: () => bus as OsdpBus }, school: () => undefined, log: silent },
    });
    for (const outcome of ['granted', 'denied', 'idle', 'waiting'] as const) show(reader, outcome);
    await Promise.resolve();
    expect(awake).toEqual([[4, 15_000]]);
  });

  it('that fails is told to the operator and hurts nobody', async () => {
    on(() => Promise.reject(new Error('gone')))(reader, 'granted');
    await Promise.resolve();
    await Promise.resolve();
    expect(told).toEqual(['warned']);
  });
});
