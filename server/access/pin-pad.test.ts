import { describe, expect, it } from 'vitest';
import type { Read } from '../../hardware/ports.ts';
import { manualClock } from '../../hardware/sim/manual-clock.ts';
import { facts, welcome } from '../../tests/decision-world.ts';
import type { NewEvent } from '../contract/events.ts';
import { silent } from '../events/testing.ts';
import { lockedLooks, lookEveryMs } from './duress.ts';
import type { CredentialFact, Facts, PinLimits, SchoolFact } from './facts.ts';
import { createPinPads, keyMs, pinMs, type Typed } from './pin-pad.ts';
import { type Tries, usualLimits } from './pin-tries.ts';

const place = { deviceId: 'd1', reader: 0 };

/** One pad at one lane; a PIN's hash is the PIN in brackets. */
function pad(
  parts: { mode?: 'card' | 'pin' | 'card-and-pin'; limits?: PinLimits; past?: Map<string, Tries> } = {},
) {
  const clock = manualClock();
  const world = facts({ ...welcome, pinMode: parts.mode ?? 'card-and-pin' });
  const passages: (Typed & { read: Read })[] = [];
  const hashed: string[] = [];
  const shown: string[] = [];
  const recorded: NewEvent[] = [];
  const pinOf = (pin: string, cardholderId: string) =>
    [`(${pin})`, { id: `pin-${cardholderId}`, cardholder: { id: cardholderId } } as CredentialFact] as const;
  const pins = new Map<string, CredentialFact>([pinOf('1234', 'p1'), pinOf('8000', 'p2')]);
  const school = { ...world.school, pinLimits: parts.limits ?? usualLimits } as SchoolFact;
  const pads = createPinPads({
    directory: { place: () => world.reader, pin: (hash) => pins.get(hash), school: () => school },
    past: parts.past ?? new Map(),
    hash: async (pin) => {
      hashed.push(pin);
      return `(${pin})`;
    },
    show: (_, outcome) => void shown.push(outcome),
    record: async (event) => void recorded.push(event),
    clock,
    log: silent,
  });
  const passage = async (read: Read, typed: Typed) => void passages.push({ read, ...typed });
  const card: Read = { ...place, at: 0, credential: { technology: 'em4100', bits: 40, value: '1' } };
  return {
    ...{ clock, passages, hashed, shown, recorded, pads, world },
    press: (keys: string) => pads.press({ ...place, keys }, passage),
    present: () => pads.wait(world, card, 'p1', passage),
    given: () => passages.map(({ given }) => given),
  };
}

describe('a card and its PIN', () => {
  it('is right, wrong, or typed under duress', async () => {
    const { press, present, given, shown, passages } = pad();
    for (const pin of ['1234', '1235', '4321', '8000']) {
      present();
      await press(`${pin}#`);
    }
    expect(given()).toEqual(['right', 'duress', 'wrong', 'wrong']);
    expect(shown).toEqual(['waiting', 'waiting', 'waiting', 'waiting']);
    expect(passages[0]?.read.credential).toMatchObject({ value: '1' });
    expect(passages.every(({ whose }) => whose === undefined)).toBe(true);
  });

  it('is given up when no PIN comes in time, and a PIN after that is nobody’s', async () => {
    const { clock, press, present, passages, given } = pad();
    present();
    clock.advance(pinMs - 1);
    expect(passages).toEqual([]);
    clock.advance(1);
    expect(given()).toEqual([undefined]);
    await press('1234#');
    expect(passages).toHaveLength(1);
    expect(clock.pending()).toBe(0);
  });

  it('begins anew with another card, and with a key for it', async () => {
    const { press, present, given } = pad();
    present();
    await press('12');
    present();
    await press('99*');
    await press('1234#');
    expect(given()).toEqual(['right']);
  });

  it('is not asked for where the card is enough', async () => {
    const { press, passages, hashed } = pad({ mode: 'card' });
    await press('1234#');
    expect([passages, hashed]).toEqual([[], []]);
  });
});

describe('a PIN alone', () => {
  it('finds whose it is, under duress too', async () => {
    const { press, passages } = pad({ mode: 'pin' });
    await press('1234#8001#');
    expect(passages.map(({ given, whose }) => [given, whose])).toEqual([
      ['right', '(1234)'],
      ['duress', '(8000)'],
    ]);
  });

  it('forgets half a PIN after a while', async () => {
    const { clock, press, given } = pad({ mode: 'pin' });
    await press('12');
    clock.advance(keyMs);
    await press('34#');
    await press('#');
    expect(given()).toEqual(['wrong']);
  });

  it('under duress calls for help at a locked pad too, which shows and records no more than of any other', async () => {
    const lock = new Map([['reader reader', { wrong: [], lockedUntil: 600_000 }]]);
    const { press, passages, recorded, hashed, clock } = pad({ mode: 'pin', past: lock });
    await press('1235#');
    await press('7777#');
    expect(passages.map(({ given, whose }) => [given, whose])).toEqual([
      ['wrong', undefined],
      ['wrong', undefined],
    ]);
    expect(recorded).toMatchObject([
      { type: 'pin.duress', data: { readerId: 'reader', cardholderId: 'p1' } },
    ]);
    for (let n = 0; n < 20; n += 1) await press('1235#');
    expect([hashed.length, recorded.length]).toEqual([lockedLooks, 2]);
    clock.advance(lockedLooks * lookEveryMs);
    await press('1235#');
    expect(recorded.length).toBe(3);
  });

  it('costs no hash that is too long, and few while the pad is locked', async () => {
    const locked = pad({
      mode: 'pin',
      past: new Map([['reader reader', { wrong: [], lockedUntil: 60_000 }]]),
    });
    await locked.press('1234#');
    const open = pad({ mode: 'pin' });
    await open.press('123456789#');
    await open.press('12345678901234#');
    expect([locked.given(), locked.hashed, open.given(), open.hashed]).toEqual([
      ['wrong'],
      ['1233'],
      ['wrong', 'wrong'],
      [],
    ]);
    locked.clock.advance(60_000);
    await locked.press('1234#');
    expect(locked.given()).toEqual(['wrong', 'right']);
  });
});

describe('wrong tries', () => {
  const known = ({ world }: { world: Facts }) => world;

  it('lock the card by the school’s numbers, and are told once', () => {
    const it = pad({ limits: { tries: 2, withinMs: 60_000, lockMs: 5_000 } });
    it.pads.tried(known(it), false);
    expect(it.pads.locked(known(it))).toBe(false);
    it.pads.tried(known(it), false);
    expect(it.pads.locked(known(it))).toBe(true);
    expect(it.recorded).toMatchObject([
      { type: 'pin.locked', data: { readerId: 'reader', credentialId: 'c1', until: it.clock.now() + 5_000 } },
    ]);
    it.clock.advance(5_000);
    expect(it.pads.locked(known(it))).toBe(false);
  });

  it('of a card are over with a right one', () => {
    const it = pad();
    for (const right of [false, false, true, false, false]) it.pads.tried(known(it), right);
    expect(it.pads.locked(known(it))).toBe(false);
    it.pads.tried(known(it), false);
    expect(it.pads.locked(known(it))).toBe(true);
  });

  it('of a PIN alone are the reader’s', () => {
    const it = pad({ mode: 'pin', past: new Map([['reader reader', { wrong: [0, 0] }]]) });
    it.pads.tried(known(it), false);
    expect(it.recorded[0]?.data).toEqual(expect.not.objectContaining({ credentialId: expect.anything() }));
    expect(it.pads.locked(known(it))).toBe(true);
  });

  it('at a reader that takes the PIN alone only grow old: no right one between clears them', () => {
    const it = pad({ mode: 'pin' });
    for (const right of [false, true, false, true]) it.pads.tried(known(it), right);
    it.clock.advance(usualLimits.withinMs);
    for (const right of [false, true, false, true]) it.pads.tried(known(it), right);
    expect(it.pads.locked(known(it))).toBe(false);
    it.pads.tried(known(it), false);
    expect(it.pads.locked(known(it))).toBe(true);
    expect(it.recorded.map(({ type }) => type)).toEqual(['pin.locked']);
  });
});

it('keeps no timer after its end', async () => {
  const { clock, press, present, pads } = pad();
  present();
  await press('12');
  pads.close();
  expect(clock.pending()).toBe(0);
});
