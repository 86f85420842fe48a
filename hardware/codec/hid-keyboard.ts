import type { Decoded, Decoder } from './decoder.ts';

/**
 * Readers that type: USB boot keyboard reports, 8 bytes, `modifiers | 0 | six keys now down`; some send 9, with a
 * report id in front or a zero behind.
 * Sources: USB HID 1.11, appendix B.1; HID Usage Tables, keyboard page 0x07; US layout.
 */
const endKeys = { enter: 0x28, tab: 0x2b, 'keypad-enter': 0x58 } as const;
export type EndKey = keyof typeof endKeys;

/** What a reader is set to type after each read. */
export const keyboardEnds = ['enter', 'tab', 'none'] as const;
export type KeyboardEnd = (typeof keyboardEnds)[number];

/** The keys that end a line; where silence does, they do no harm. */
const endings: Record<KeyboardEnd, readonly EndKey[]> = {
  enter: ['enter', 'keypad-enter'],
  tab: ['tab'],
  none: ['enter', 'tab', 'keypad-enter'],
};

const shiftBits = 0x22;
/** Keys 01..03 say that too many are down or the keyboard is faulty: no news about any key. */
const lastErrorKey = 0x03;
/** Caps Lock, Num Lock and the modifiers, which some readers put among the keys, type nothing. */
const silentKeys = new Set([0x39, 0x53, 0xe0, 0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7]);

const plain = new Map<number, string>();
const shifted = new Map<number, string>();

function layOut(first: number, characters: string, withShift: string): void {
  [...characters].forEach((character, index) => {
    plain.set(first + index, character);
  });
  [...withShift].forEach((character, index) => {
    shifted.set(first + index, character);
  });
}

layOut(0x04, 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ');
layOut(0x1e, '1234567890', '!@#$%^&*()');
layOut(0x2c, ' -=[]\\', ' _+{}|');
// 0x32 is the key beside Enter of keyboards without 0x31.
layOut(0x32, "\\;'`,./", '|:"~<>?');
layOut(0x54, '/*-+', '/*-+');
layOut(0x59, '1234567890.', '1234567890.');

export interface KeyboardOptions {
  /** What ends a line; `none` for a reader that types the number alone, whose lines silence ends. */
  end?: KeyboardEnd;
  /** Longest line, characters; the rest of a longer one is given up. */
  maxLength?: number;
}

/**
 * One report a push. A key counts when it comes into the array, once while it is down, in the order of the report.
 * A line with a key that types nothing readable (a function key, anything with Ctrl, Alt or GUI) is given up at its
 * end as `charset`: left out, it would make another, shorter text. So is, as `framing`, one that falls silent half
 * way where a key ends the lines: its halves could pass for two other texts.
 */
export function keyboardDecoder({ end = 'enter', maxLength = 256 }: KeyboardOptions = {}): Decoder<string> {
  const endCodes = new Set<number>(endings[end].map((key) => endKeys[key]));
  let down: number[] = [];
  let line = '';
  /** Why the line is given up to its end. */
  let damage: 'charset' | 'overflow' | 'framing' | undefined;
  /** Keys of the damaged line that have not been told yet. */
  let lost = 0;

  function finish(): Decoded<string>[] {
    const told: Decoded<string>[] = [];
    if (lost > 0) told.push({ ok: false, error: damage ?? 'framing', dropped: lost });
    else if (line !== '') told.push({ ok: true, frame: line });
    line = '';
    damage = undefined;
    lost = 0;
    return told;
  }

  /** Tells what is held as given up; what comes up to the line's end is lost too. */
  function giveUp(): Decoded<string>[] {
    lost += line.length;
    line = '';
    if (lost === 0) return [];
    damage ??= 'framing';
    const told: Decoded<string>[] = [{ ok: false, error: damage, dropped: lost }];
    lost = 0;
    return told;
  }

  function spoil(error: 'charset' | 'overflow'): void {
    damage = error;
    lost += line.length + 1;
    line = '';
  }

  function strike(key: number, modifiers: number): Decoded<string>[] {
    if (endCodes.has(key)) return finish();
    if (silentKeys.has(key)) return [];
    const character = ((modifiers & shiftBits) !== 0 ? shifted : plain).get(key);
    if (damage) lost += 1;
    else if (character === undefined || (modifiers & ~shiftBits) !== 0) spoil('charset');
    else if (line.length >= maxLength) spoil('overflow');
    else line += character;
    return [];
  }

  function push(chunk: Uint8Array): Decoded<string>[] {
    const report = bootReport(chunk);
    if (!report) return chunk.length === 0 ? [] : [{ ok: false, error: 'length', dropped: chunk.length }];
    const keys = Array.from(report.subarray(2)).filter((key) => key !== 0);
    if (keys.some((key) => key <= lastErrorKey)) return [];
    const before = down;
    down = keys;
    const fresh = keys.filter((key, index) => !before.includes(key) && keys.indexOf(key) === index);
    return fresh.flatMap((key) => strike(key, report[0] ?? 0));
  }

  return {
    push,
    idle: () => (end === 'none' ? finish() : giveUp()),
    reset() {
      const told = giveUp();
      damage = undefined;
      down = [];
      return told;
    },
    get pending() {
      return lost > 0 ? 1 : line.length;
    },
  };
}

/** The 8 bytes of the boot report in what the platform gave. */
function bootReport(chunk: Uint8Array): Uint8Array | undefined {
  if (chunk.length === 8) return chunk;
  if (chunk.length !== 9) return undefined;
  // The byte between modifiers and keys is always zero, and tells on which side the ninth is.
  return chunk[2] === 0 ? chunk.subarray(1) : chunk.subarray(0, 8);
}

/**
 * The reports, press and release, by which a keyboard types a text and ends it; undefined when the US layout has
 * not all of its characters. `reportBytes` 9 puts report id 1 in front.
 */
export function encodeKeystrokes(
  text: string,
  { reportBytes = 8, end = 'enter' }: { reportBytes?: 8 | 9; end?: EndKey | 'none' } = {},
): Uint8Array[] | undefined {
  const strokes: { key: number; modifiers: number }[] = [];
  for (const character of text) {
    const stroke = strokeOf(character);
    if (!stroke) return undefined;
    strokes.push(stroke);
  }
  if (end !== 'none') strokes.push({ key: endKeys[end], modifiers: 0 });
  const head = reportBytes === 9 ? [1] : [];
  return strokes.flatMap(({ key, modifiers }) => [
    Uint8Array.of(...head, modifiers, 0, key, 0, 0, 0, 0, 0),
    Uint8Array.of(...head, 0, 0, 0, 0, 0, 0, 0, 0),
  ]);
}

function strokeOf(character: string): { key: number; modifiers: number } | undefined {
  for (const [key, typed] of plain) if (typed === character) return { key, modifiers: 0 };
  for (const [key, typed] of shifted) if (typed === character) return { key, modifiers: 0x02 };
  return undefined;
}
