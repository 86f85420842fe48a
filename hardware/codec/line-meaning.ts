import {
  type Credential,
  type Em4100Form,
  em4100Forms,
  formatEm4100,
  maxWiegandBits,
  numberCredential,
  parseEm4100,
  textCredential,
} from '../credential.ts';
import type { MalformedCredential } from '../ports.ts';
import { malformed } from './malformed.ts';
import { decodeWiegand, wiegandBits, wiegandCandidates } from './wiegand.ts';

/**
 * How a reader that sends text writes a credential: the text itself, a Wiegand raw number in decimal, hexadecimal
 * or one character a bit, or an EM4100 tag in one of its forms.
 */
export const lineRadixes = ['text', 'dec', 'hex', 'wiegand-bin', ...em4100Forms] as const;
export type LineRadix = (typeof lineRadixes)[number];

/** Characters that a text credential may have; the number forms know their own. */
export const lineCharsets = {
  /** Space to tilde. */
  printable: /^[ -~]*$/,
  /** Letters and digits. */
  alphanumeric: /^[0-9A-Za-z]*$/,
  digits: /^[0-9]*$/,
  hex: /^[0-9A-Fa-f]*$/,
  /** RFC 9285, section 4: what QR alphanumeric mode holds. */
  base45: /^[0-9A-Z $%*+\-./:]*$/,
  /** RFC 4648, section 5, and the dot that joins parts of a signed token. */
  base64url: /^[0-9A-Za-z_.=-]*$/,
} as const;
export type LineCharset = keyof typeof lineCharsets;

/** What the text of one read means; shared by serial lines, keyboards and scanners. */
export interface LineMeaning {
  radix: LineRadix;
  /** Raw bits of a `dec` or `hex` number; for `hex`, four a digit when absent. */
  bits?: number;
  /** Characters that a read has, no more and no fewer; the EM4100 forms know their own. */
  exactLength?: number;
  /** `ignore` takes Wiegand numbers whose length is known but whose parity is wrong: readers strip or replace it. */
  parity?: 'check' | 'ignore';
  /** For `text`. */
  charset: LineCharset;
}

/**
 * What is wrong with a meaning, in plain words; empty when nothing is.
 * @param ended whether something ends a line, or silence alone: then a number cut short by a pause has to show.
 */
export function lineMeaningProblems({ radix, bits, exactLength }: LineMeaning, ended: boolean): string[] {
  if (bits !== undefined && (!Number.isInteger(bits) || bits < 1 || bits > maxWiegandBits)) {
    return [`bits must be a whole number from 1 to ${maxWiegandBits}`];
  }
  const problems: string[] = [];
  if (radix === 'dec' && bits === undefined) {
    problems.push('radix dec needs bits: a decimal number does not tell them');
  }
  if (!ended && exactLength === undefined && !isEm4100Form(radix)) {
    problems.push(
      `radix ${radix} needs exactLength where only silence ends a read: what is left of a read could pass for another one`,
    );
  }
  return problems;
}

/**
 * The credential that a line stands for. Malformed `charset`: characters that the meaning does not have; `length`:
 * wrong number of digits or out of range; `parity`: no layout of that Wiegand length has this parity.
 */
export function interpretLine(line: string, meaning: LineMeaning): Credential | MalformedCredential {
  const bad = (what: MalformedCredential['malformed']) => malformed(what, new TextEncoder().encode(line));
  const { radix, exactLength } = meaning;
  if (radix === 'text') {
    if (exactLength !== undefined && line.length !== exactLength) return bad('length');
    if (!lineCharsets[meaning.charset].test(line)) return bad('charset');
    return textCredential(line) ?? bad('length');
  }
  const text = line.trim();
  if (!charactersOf(radix).test(text)) return bad('charset');
  if (exactLength !== undefined && text.length !== exactLength) return bad('length');
  if (isEm4100Form(radix)) return parseEm4100(text, radix, 'reader') ?? bad('length');

  const number = text === '' ? undefined : wiegandNumber(text, radix, meaning.bits);
  if (!number) return bad('length');
  const read = decodeWiegand(wiegandBits(number) ?? new Uint8Array(0));
  if ('malformed' in read) return bad(read.malformed);
  return read.parityOk || meaning.parity === 'ignore' ? read.credential : bad('parity');
}

function wiegandNumber(
  text: string,
  radix: 'dec' | 'hex' | 'wiegand-bin',
  bits: number | undefined,
): Credential | undefined {
  // Leading zeros may stand for the bits above, so digits are no limit, only the value is; but within reason.
  if (text.length > maxWiegandBits) return undefined;
  // Hexadecimal digits are sent with their zeros, so fewer are a number that lost some; decimal ones often without.
  if (radix === 'hex' && bits !== undefined && text.length * 4 < bits) return undefined;
  if (radix === 'wiegand-bin') return numberCredential('wiegand', text.length, BigInt(`0b${text}`));
  if (radix === 'hex') return numberCredential('wiegand', bits ?? text.length * 4, BigInt(`0x${text}`));
  return bits === undefined ? undefined : numberCredential('wiegand', bits, BigInt(text));
}

function isEm4100Form(radix: LineRadix): radix is Em4100Form {
  return em4100Forms.some((form) => form === radix);
}

function charactersOf(radix: LineRadix): RegExp {
  if (radix === 'hex' || radix === '10H') return lineCharsets.hex;
  if (radix === 'wiegand-bin') return /^[01]*$/;
  return radix === '2H4H' || radix === '4H4H' ? /^[0-9,./ -]*$/ : lineCharsets.digits;
}

/** The line that a reader so set writes for a credential; undefined when it can't. */
export function formatLine(credential: Credential, meaning: LineMeaning): string | undefined {
  const { radix } = meaning;
  if (radix === 'text') {
    return credential.technology === 'text' && lineCharsets[meaning.charset].test(credential.value)
      ? credential.value
      : undefined;
  }
  if (isEm4100Form(radix)) return formatEm4100(credential, radix);
  const bits = wiegandBits(credential);
  if (!bits) return undefined;
  if (radix === 'wiegand-bin') return bits.join('');
  if ((meaning.bits ?? credential.value.length * 4) !== credential.bits) return undefined;
  return radix === 'hex' ? credential.value : BigInt(`0x${credential.value}`).toString();
}

/**
 * The printed form of what such a reader sent, for the screen: the EM4100 form, the Wiegand layouts that the number
 * may be (`H10306/BQT34`; `40 bit` when there is none), or nothing for text.
 */
export function lineForm(credential: Credential, { radix }: LineMeaning): string | undefined {
  if (isEm4100Form(radix)) return radix;
  if (credential.technology !== 'wiegand') return undefined;
  return (
    wiegandCandidates(credential)
      .map(({ format }) => format)
      .join('/') || `${credential.bits} bit`
  );
}
