/** What a reader shows and sounds: LED, BUZ and TEXT. Source: SIA OSDP 2.2, sections 6.10 to 6.12. */
import { codeOf, fitting, fromTenths, readU16, records, type Shape, tenths, u8, u16 } from './payload.ts';

export const ledColours = ['black', 'red', 'green', 'amber', 'blue', 'magenta', 'cyan', 'white'] as const;
export type LedColour = (typeof ledColours)[number];

/** `on` for `onMs`, then `off` for `offMs`, over and over; steadily `on` when `offMs` is 0. Steps of 100 ms. */
export interface LedPattern {
  onMs: number;
  offMs: number;
  on: LedColour;
  off: LedColour;
}

export interface LedControl {
  reader: number;
  led: number;
  /** Shown for `timerMs` above what is permanent; `cancel` ends it now; absent, it stays as it is. */
  temporary?: 'cancel' | (LedPattern & { timerMs: number });
  /** Absent, it stays as it is. */
  permanent?: LedPattern;
}

export interface LedCommand {
  kind: 'led';
  lights: LedControl[];
}

const ledBytes = 14;
const temporaryCodes = { keep: 0, cancel: 1, set: 2 } as const;

export const ledShape: Shape<LedCommand> = {
  id: 0x69,
  encode: ({ lights }) =>
    lights.flatMap(({ reader, led, temporary, permanent }) => [
      ...u8(reader),
      ...u8(led),
      ...(typeof temporary === 'object'
        ? [temporaryCodes.set, ...patternBytes(temporary), ...u16(tenths(temporary.timerMs))]
        : [temporary ? temporaryCodes.cancel : temporaryCodes.keep, 0, 0, 0, 0, 0, 0]),
      ...(permanent ? [1, ...patternBytes(permanent)] : [0, 0, 0, 0, 0]),
    ]),
  decode(data) {
    const lights = records(data, ledBytes, (record): LedControl | 'value' => {
      const [reader = 0, led = 0, temporaryCode = 0] = record;
      const permanentCode = record[9] ?? 0;
      const light: LedControl = { reader, led };
      if (temporaryCode > temporaryCodes.set || permanentCode > 1) return 'value';
      if (temporaryCode === temporaryCodes.cancel) light.temporary = 'cancel';
      if (temporaryCode === temporaryCodes.set) {
        const pattern = readPattern(record, 3);
        if (!pattern) return 'value';
        light.temporary = { ...pattern, timerMs: fromTenths(readU16(record, 7)) };
      }
      if (permanentCode === 1) {
        const pattern = readPattern(record, 10);
        if (!pattern) return 'value';
        light.permanent = pattern;
      }
      return light;
    });
    return typeof lights === 'string' ? lights : { kind: 'led', lights };
  },
};

function patternBytes({ onMs, offMs, on, off }: LedPattern): number[] {
  return [...u8(tenths(onMs)), ...u8(tenths(offMs)), codeOf(ledColours, on), codeOf(ledColours, off)];
}

function readPattern(record: Uint8Array, at: number): LedPattern | undefined {
  const on = ledColours[record[at + 2] ?? 0];
  const off = ledColours[record[at + 3] ?? 0];
  if (!on || !off) return undefined;
  return { onMs: fromTenths(record[at] ?? 0), offMs: fromTenths(record[at + 1] ?? 0), on, off };
}

export interface BuzCommand {
  kind: 'buz';
  reader: number;
  tone: 'off' | 'default';
  /** Steps of 100 ms. */
  onMs: number;
  offMs: number;
  /** How often; 0 until the next command. */
  times: number;
}

export const buzShape: Shape<BuzCommand> = {
  id: 0x6a,
  encode: ({ reader, tone, onMs, offMs, times }) => [
    ...u8(reader),
    tone === 'off' ? 1 : 2,
    ...u8(tenths(onMs)),
    ...u8(tenths(offMs)),
    ...u8(times),
  ],
  decode(data) {
    if (data.length !== 5) return 'length';
    const [reader = 0, tone = 0, on = 0, off = 0, times = 0] = data;
    // 0 is an older word for off.
    if (tone > 2) return 'value';
    return {
      kind: 'buz',
      reader,
      tone: tone === 2 ? 'default' : 'off',
      onMs: fromTenths(on),
      offMs: fromTenths(off),
      times,
    };
  },
};

export interface TextCommand {
  kind: 'text';
  reader: number;
  wrap: boolean;
  /** Shown so long above what is permanent; permanent itself when absent. Whole seconds. */
  temporaryMs?: number;
  /** 1-based. */
  row: number;
  column: number;
  /** ASCII. */
  text: string;
}

export const textShape: Shape<TextCommand> = {
  id: 0x6b,
  encode({ reader, wrap, temporaryMs, row, column, text }) {
    const seconds = temporaryMs === undefined ? 0 : Math.round(temporaryMs / 1000);
    return [
      ...u8(reader),
      (temporaryMs === undefined ? 1 : 3) + (wrap ? 1 : 0),
      ...u8(seconds),
      ...u8(row),
      ...u8(column),
      ...u8(text.length),
      ...Array.from(text, (letter) => fitting(letter.charCodeAt(0), 0x7f)),
    ];
  },
  decode(data) {
    const [reader = 0, mode = 0, seconds = 0, row = 0, column = 0, length = 0] = data;
    if (data.length < 6 || data.length !== 6 + length) return 'length';
    if (mode < 1 || mode > 4) return 'value';
    return {
      kind: 'text',
      reader,
      wrap: mode % 2 === 0,
      ...(mode > 2 ? { temporaryMs: seconds * 1000 } : {}),
      row,
      column,
      text: String.fromCharCode(...data.subarray(6)),
    };
  },
};
