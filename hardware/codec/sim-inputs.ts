/**
 * The simulated inputs board (door position switch, request to exit), a protocol of this project's own:
 *
 *   board to host   A5 | inputs, 1..8 | state, bit 0 = input 0, 1 = active | sum of the three, low byte
 *   host to board   A5 | 3F           | 00                                 | E4    asks for the state
 *
 * The board tells its state at every change and when it is asked.
 */
import type { Decoder } from './decoder.ts';
import { scanningDecoder } from './scan.ts';

const start = 0xa5;
const query = 0x3f;
const frameBytes = 4;
const maxInputs = 8;

export type SimInputsFrame = { kind: 'query' } | { kind: 'state'; active: boolean[] };

export const simInputsQuery: Uint8Array = framed(query, 0);

/** @param active one entry per input, 1 to 8; a RangeError otherwise. */
export function encodeSimInputs(active: readonly boolean[]): Uint8Array {
  if (active.length < 1 || active.length > maxInputs)
    throw new RangeError(`no board has ${active.length} inputs`);
  return framed(
    active.length,
    active.reduce((mask, on, input) => (on ? mask | (1 << input) : mask), 0),
  );
}

/** Either side of the line. */
export function simInputsDecoder(): Decoder<SimInputsFrame> {
  return scanningDecoder<SimInputsFrame>(frameBytes, ([first, kind, state, sum]) => {
    if (first !== start) return 'framing';
    if (kind !== undefined && kind !== query && (kind < 1 || kind > maxInputs)) return 'framing';
    if (kind === undefined || state === undefined || sum === undefined) return 'more';
    if (((start + kind + state) & 0xff) !== sum) return 'checksum';
    if (kind === query) return { length: frameBytes, frame: { kind: 'query' } };
    const active = Array.from({ length: kind }, (_, input) => (state & (1 << input)) !== 0);
    return { length: frameBytes, frame: { kind: 'state', active } };
  });
}

function framed(kind: number, state: number): Uint8Array {
  return Uint8Array.of(start, kind, state, (start + kind + state) & 0xff);
}
