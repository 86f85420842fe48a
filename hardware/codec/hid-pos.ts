import type { Decoded, Decoder, FrameError } from './decoder.ts';
import { plainText, trimLineEnds } from './plain-text.ts';

/** Where things are in a scanner's input report; offsets in bytes from the report id. */
export interface HidPosLayout {
  reportId: number;
  reportBytes: number;
  lengthAt: number;
  /** AIM symbology identifier, three characters: `]Q1`. */
  aimAt: number;
  aimBytes: number;
  dataAt: number;
  dataBytes: number;
  symbologyAt: number;
  /** Bit 0: the code goes on in the next report. */
  continuedAt: number;
}

/**
 * USB-IF HID Point of Sale usage tables 1.02, bar code scanner page 0x8C, as laid out by Access-IS LSR118, product
 * manual, Appendix B.1: the length counts the data alone, and each report of a long code repeats the identifier.
 */
export const hidPosLayout: HidPosLayout = {
  reportId: 0x02,
  reportBytes: 64,
  lengthAt: 1,
  aimAt: 2,
  aimBytes: 3,
  dataAt: 5,
  dataBytes: 56,
  symbologyAt: 61,
  continuedAt: 63,
};

export interface HidPosScan {
  text: string;
  /** AIM symbology identifier, `]Q1` for a QR code; empty when the scanner gives none. */
  aim: string;
}

export interface HidPosOptions {
  layout?: HidPosLayout;
  /** Longest code in bytes; the rest of a longer one is given up. */
  maxLength?: number;
}

/**
 * One report a push, with or without its report id. A code continued over reports comes when its last is there.
 * Reports of another id or size are told as `framing` and change nothing.
 */
export function hidPosDecoder({
  layout = hidPosLayout,
  maxLength = 1024,
}: HidPosOptions = {}): Decoder<HidPosScan> {
  let held = new Uint8Array(0);
  let aim = '';
  /** The beginning of a code was given up: its rest must not pass for a code, however late it comes. */
  let skipping = false;

  function give(error: FrameError, more = 0): Decoded<HidPosScan>[] {
    const dropped = held.length + more;
    held = new Uint8Array(0);
    return dropped === 0 ? [] : [{ ok: false, error, dropped }];
  }

  function push(chunk: Uint8Array): Decoded<HidPosScan>[] {
    // Some platforms take the report id away.
    const shift = chunk.length === layout.reportBytes - 1 ? 1 : 0;
    if (chunk.length + shift !== layout.reportBytes || (shift === 0 && chunk[0] !== layout.reportId)) {
      return chunk.length === 0 ? [] : [{ ok: false, error: 'framing', dropped: chunk.length }];
    }
    const length = chunk[layout.lengthAt - shift] ?? 0;
    const goesOn = ((chunk[layout.continuedAt - shift] ?? 0) & 1) === 1;
    if (skipping || length > layout.dataBytes) {
      const error = skipping ? 'overflow' : 'length';
      skipping = goesOn;
      return give(error, chunk.length);
    }
    const aimAt = layout.aimAt - shift;
    const nextAim = aimOf(chunk.subarray(aimAt, aimAt + layout.aimBytes));
    // Another identifier starts another code: the end of the one held was lost.
    const lost = nextAim !== '' && nextAim !== aim ? give('framing') : [];
    if (held.length === 0) aim = nextAim;
    const dataAt = layout.dataAt - shift;
    const data = chunk.subarray(dataAt, dataAt + length);
    if (held.length + data.length > maxLength) {
      skipping = goesOn;
      return [...lost, ...give('overflow', data.length)];
    }
    const joined = new Uint8Array(held.length + data.length);
    joined.set(held);
    joined.set(data, held.length);
    held = joined;
    return goesOn ? lost : [...lost, ...finish()];
  }

  function finish(): Decoded<HidPosScan>[] {
    const text = plainText(trimLineEnds(held));
    if (text === undefined) return give('charset');
    held = new Uint8Array(0);
    return text === '' ? [] : [{ ok: true, frame: { text, aim } }];
  }

  return {
    push,
    idle() {
      skipping ||= held.length > 0;
      return give('framing');
    },
    reset() {
      skipping = false;
      return give('framing');
    },
    get pending() {
      return held.length;
    },
  };
}

function aimOf(bytes: Uint8Array): string {
  const aim = String.fromCharCode(...bytes);
  return /^\][A-Za-z][0-9A-Za-z]$/.test(aim) ? aim : '';
}

/** The reports that a scanner sends for a code. */
export function encodeHidPos(text: string, aim = ']Q1', layout: HidPosLayout = hidPosLayout): Uint8Array[] {
  const data = new TextEncoder().encode(text);
  const reports: Uint8Array[] = [];
  for (let from = 0; from < data.length; from += layout.dataBytes) {
    const part = data.subarray(from, from + layout.dataBytes);
    const report = new Uint8Array(layout.reportBytes);
    report[0] = layout.reportId;
    report[layout.lengthAt] = part.length;
    report.set(new TextEncoder().encode(aim).subarray(0, layout.aimBytes), layout.aimAt);
    report.set(part, layout.dataAt);
    report[layout.continuedAt] = from + part.length < data.length ? 1 : 0;
    reports.push(report);
  }
  return reports;
}
