import { maxTextLength } from '../credential.ts';
import type { Decoded, Decoder, FrameError } from './decoder.ts';
import { type LineMeaning, lineMeaningProblems } from './line-meaning.ts';
import { isLineEnd, plainText, trimLineEnds } from './plain-text.ts';

/**
 * Readers and scanners that send one line of text a read, over a serial line or CDC-ACM. There is no standard:
 * every maker lets prefix, suffix and notation be set, so these are options, and so is the silence that ends a line.
 */
export interface TextLineOptions extends LineMeaning {
  /** Sent before each line, `\x02` for one; '' for none. Not part of the value. */
  prefix: string;
  /** Sent after each line: `\r`, `\n`, `\r\n`, `\t`, `\x03` or what the reader is set to; '' when silence ends it. */
  suffix: string;
  /** Silence that ends a line, ms: the caller's timer calls `idle` after it. */
  idleMs: number;
  /** Longest line, bytes; prefix and suffix not counted. */
  maxLength: number;
}

/** What is wrong with options, in plain words; empty when nothing is. */
export function textLineProblems(options: TextLineOptions): string[] {
  const { prefix, suffix, idleMs, maxLength } = options;
  const problems = lineMeaningProblems(options, suffix !== '');
  if (!/^\p{ASCII}{0,8}$/u.test(prefix)) problems.push('prefix must be at most 8 ASCII characters');
  if (!/^\p{ASCII}{0,8}$/u.test(suffix)) problems.push('suffix must be at most 8 ASCII characters');
  if (suffix !== '' && prefix.includes(suffix)) problems.push('prefix must not hold the suffix');
  if (!Number.isFinite(idleMs) || idleMs < 5 || idleMs > 10_000)
    problems.push('idleMs must be from 5 to 10000');
  if (!Number.isInteger(maxLength) || maxLength < 1 || maxLength > maxTextLength) {
    problems.push(`maxLength must be a whole number from 1 to ${maxTextLength}`);
  }
  return problems;
}

/** The bytes that a reader so set sends for a line. */
export function encodeLine(
  text: string,
  { prefix, suffix }: Pick<TextLineOptions, 'prefix' | 'suffix'>,
): Uint8Array {
  return new TextEncoder().encode(prefix + text + suffix);
}

/**
 * Lines as they end, by the suffix or by silence. CR, LF and Tab around a line are never part of it, so a reader
 * that sends CR LF where CR is set is read all the same.
 *
 * There is no checksum, so nothing is pieced together: a line that holds control characters, is no UTF-8, lacks the
 * prefix or grew too long is given up up to its end, for its rest could pass for another credential. With a suffix
 * set, so is one that fell silent half way, unless it ends in a CR, LF or Tab: what comes after the silence is its
 * other half. Only a prefix that no text can hold (a control character) starts a line wherever it stands, whatever is
 * in front of it.
 */
export function textLineDecoder(
  options: Pick<TextLineOptions, 'prefix' | 'suffix' | 'maxLength'>,
): Decoder<string> {
  const encoder = new TextEncoder();
  const prefix = encoder.encode(options.prefix);
  const suffix = encoder.encode(options.suffix);
  const restarts = prefix.length > 0 && (prefix[0] ?? 0) < 0x20;
  // Without a suffix, line ends may come before the silence does.
  const cap = prefix.length + options.maxLength + Math.max(suffix.length, 2);
  let held: number[] = [];
  /** Why what comes until the line's end is given up; only so much of it is held as finds the end. */
  let skipping: FrameError | undefined;

  function push(chunk: Uint8Array): Decoded<string>[] {
    const found: Decoded<string>[] = [];
    let skipped = 0;
    const tellSkipped = () => {
      if (skipped > 0) found.push(fault(skipping ?? 'overflow', skipped));
      skipped = 0;
    };
    for (const byte of chunk) {
      // What is left over of the last line's end.
      if (held.length === 0 && isLineEnd(byte) && byte !== prefix[0] && byte !== suffix[0]) continue;
      held.push(byte);
      if (endsWith(held, suffix)) {
        if (skipping) skipped += held.length;
        tellSkipped();
        if (!skipping) found.push(...finish(held.slice(0, -suffix.length)));
        held = [];
        skipping = undefined;
      } else if (restarts && endsWith(held, prefix)) {
        const before = held.slice(0, -prefix.length);
        if (skipping) skipped += before.length;
        tellSkipped();
        if (!skipping && trimLineEnds(Uint8Array.from(before)).length > 0)
          found.push(fault('framing', before.length));
        held = Array.from(prefix);
        skipping = undefined;
      } else if (skipping || held.length > cap) {
        skipping ??= 'overflow';
        skipped += held.splice(0, held.length - Math.max(1, prefix.length, suffix.length)).length;
      }
    }
    tellSkipped();
    return found;
  }

  function idle(): Decoded<string>[] {
    const rest = held;
    const error = skipping;
    held = [];
    if (rest.length === 0) return [];
    const whole = suffix.length === 0 || isLineEnd(rest.at(-1));
    // A line has all its characters after the silence when none came before.
    const half = error ?? (rest.some(isCharacter) ? 'framing' : undefined);
    skipping = whole ? undefined : half;
    if (error || !whole) return [fault(error ?? 'framing', rest.length)];
    // Without a suffix two reads may stand in one burst, if the reader does end its lines.
    return (suffix.length === 0 ? splitLines(rest) : [rest]).flatMap(finish);
  }

  /** Judges one line, its suffix taken off. */
  function finish(line: number[]): Decoded<string>[] {
    const bytes = Uint8Array.from(line);
    if (trimLineEnds(bytes).length === 0) return [];
    if (!prefix.every((byte, index) => line[index] === byte)) return [fault('framing', line.length)];
    const body = trimLineEnds(bytes.subarray(prefix.length));
    if (body.length === 0) return [];
    if (body.length > options.maxLength) return [fault('overflow', line.length)];
    const text = plainText(body);
    return [text === undefined ? fault('charset', line.length) : { ok: true, frame: text }];
  }

  function reset(): Decoded<string>[] {
    const dropped = held.length;
    held = [];
    skipping = undefined;
    return dropped === 0 ? [] : [fault('framing', dropped)];
  }

  return {
    push,
    idle,
    reset,
    get pending() {
      return held.length;
    },
  };
}

function fault(error: FrameError, dropped: number): Decoded<string> {
  return { ok: false, error, dropped };
}

function isCharacter(byte: number): boolean {
  return byte >= 0x20 && byte !== 0x7f;
}

function endsWith(bytes: number[], end: Uint8Array): boolean {
  const from = bytes.length - end.length;
  return end.length > 0 && from >= 0 && end.every((byte, index) => bytes[from + index] === byte);
}

function splitLines(bytes: number[]): number[][] {
  const lines: number[][] = [[]];
  for (const byte of bytes) {
    if (byte === 0x0d || byte === 0x0a) lines.push([]);
    else lines.at(-1)?.push(byte);
  }
  return lines;
}
