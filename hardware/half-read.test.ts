/** A number that was cut short, by a pause or by lost characters, is no card: neither its own nor another's. */
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { buildDriver } from './build-driver.ts';
import { encodeKeystrokes } from './codec/hid-keyboard.ts';
import { required } from './codec/required.ts';
import { checkDevice } from './device-config.ts';
import { hardwareBus } from './events.ts';
import { memoryKeys } from './memory-keys.ts';
import type { ByteLink, Read } from './ports.ts';
import { manualClock } from './sim/manual-clock.ts';

const link: ByteLink = {
  onData: () => undefined,
  onClose: () => undefined,
  write: async () => undefined,
  close: async () => undefined,
};

function reader(model: 'hid-keyboard' | 'text-line', options: Record<string, unknown>) {
  const clock = manualClock();
  const reads: Read[] = [];
  const bus = hardwareBus((error) => {
    throw error;
  });
  bus.on('read', (read) => reads.push(read));
  const checked = checkDevice({ id: 'it', model, address: { kind: 'sim' }, options });
  const driver = buildDriver(checked, clock, bus, { keys: memoryKeys(), randomBytes });
  return {
    clock,
    driver,
    reads,
    /** Types or sends a text; `\r` is Enter. */
    send(text: string) {
      if (model === 'text-line') return driver.received(new TextEncoder().encode(text));
      for (const [index, part] of text.split('\r').entries()) {
        if (index > 0) for (const report of required(encodeKeystrokes(''))) driver.received(report);
        for (const report of required(encodeKeystrokes(part, { end: 'none' }))) driver.received(report);
      }
    },
    cards: () => reads.filter(({ credential }) => !('malformed' in credential)).length,
  };
}

const numbers = [
  { whole: '111,27706', options: { radix: '2H4H' } },
  { whole: '00623,27706', options: { radix: '4H4H' } },
  { whole: '0040856634', options: { radix: '8H10D' } },
  { whole: '01026F6C3A', options: { radix: '10H' } },
  { whole: '23E02A3', options: { radix: 'hex', bits: 26, exactLength: 7 } },
  { whole: '37618339', options: { radix: 'dec', bits: 26, exactLength: 8 } },
  { whole: 'PASS-001', options: { radix: 'text', exactLength: 8 } },
];
const ended = [...numbers, { whole: 'PASS-001', options: { radix: 'text' } }];

describe.each(['hid-keyboard', 'text-line'] as const)('%s', (model) => {
  it.each(ended)('gives up both halves of $whole around a pause, as $options.radix', ({ whole, options }) => {
    for (let at = 1; at < whole.length; at += 1) {
      const { clock, driver, send, cards } = reader(model, options);
      send(whole.slice(0, at));
      clock.advance(60_000);
      send(`${whole.slice(at)}\r`);
      expect(cards()).toBe(0);
      expect(driver.counts()).toMatchObject({ frames: 0, frameErrors: 2 });
      send(`${whole}\r`);
      expect(cards()).toBe(1);
    }
  });

  it.each(numbers)('takes no $whole that lost characters, as $options.radix', ({ whole, options }) => {
    for (let at = 0; at < whole.length; at += 1) {
      const { send, cards } = reader(model, options);
      if (whole[at] !== ',') send(`${whole.slice(0, at)}${whole.slice(at + 1)}\r`);
      send(`${whole.slice(0, at)}\r`);
      expect(cards()).toBe(0);
    }
  });

  const none = model === 'text-line' ? { suffix: '' } : { end: 'none' };
  it.each(numbers)('without an end takes $whole alone, as $options.radix', ({ whole, options }) => {
    for (let at = 1; at < whole.length; at += 1) {
      const { clock, send, cards } = reader(model, { ...options, ...none });
      send(whole.slice(0, at));
      clock.advance(1_000);
      send(whole.slice(at));
      clock.advance(1_000);
      expect(cards()).toBe(0);
      send(whole);
      clock.advance(1_000);
      expect(cards()).toBe(1);
    }
  });

  it('without an end is refused where a number has no length of its own', () => {
    expect(() => reader(model, { radix: 'hex', bits: 26, ...none })).toThrow(/exactLength/);
  });
});

it('has no key down on a fresh link', async () => {
  const { driver, send, reads } = reader('hid-keyboard', { radix: 'text' });
  // 5 is pressed, and then the cable is pulled.
  driver.received(Uint8Array.of(0, 0, 0x22, 0, 0, 0, 0, 0));
  driver.lost();
  await driver.opened(link);
  send('5123\r');
  expect(reads).toMatchObject([{ credential: { value: '5123' } }]);
});
