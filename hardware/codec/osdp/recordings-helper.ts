/** The recorded sessions as values. See tests/fixtures/osdp/README.md. */
import { readFileSync } from 'node:fs';
import type { Reply } from './reply.ts';

export const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

/** `data` and `report` are hexadecimal; kind 2 is tamper and power, kind 0 the inputs. */
export type RecordedEvent =
  | { type: 'card'; reader: number; bits: number; data: string }
  | { type: 'key'; reader: number; data: string }
  | { type: 'status'; kind: number; report: string };

export interface RecordedLine {
  /** To the PD, and from it. */
  tx?: string;
  rx?: string;
  /** What the recorded ACU told its program. */
  event?: RecordedEvent;
}

export function recording(name: 'plain' | 'scbk' | 'scbkd-provision'): RecordedLine[] {
  const text = readFileSync(new URL(`../../../tests/fixtures/osdp/${name}.jsonl`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line): RecordedLine => JSON.parse(line));
}

/** An event in our words. */
export function reportedBy(event: RecordedEvent): Reply {
  if (event.type === 'card') {
    const { reader, bits, data } = event;
    return { kind: 'raw', reader, format: 'wiegand', bitCount: bits, bytes: hex(data) };
  }
  if (event.type === 'key') {
    return { kind: 'keypad', reader: event.reader, keys: Buffer.from(event.data, 'hex').toString() };
  }
  const flags = Array.from(hex(event.report), (byte) => byte === 1);
  return event.kind === 2
    ? { kind: 'lstatr', tamper: flags[0] === true, powerFault: flags[1] === true }
    : { kind: 'istatr', active: flags };
}
