/**
 * What a reader reads, in the one form that the whole system compares.
 *
 * A credential keeps its technology, its bit length and its raw number: length alone does not identify
 * a card format (37 bits has five layouts), and a number alone loses leading zeros.
 */

export const technologies = ['em4100', 'wiegand', 'text'] as const;
export type Technology = (typeof technologies)[number];

export interface Credential {
  readonly technology: Technology;
  /** Bits in the raw number; for `text`, eight per character. */
  readonly bits: number;
  /** Upper-case hexadecimal, most significant digit first, ceil(bits / 4) digits; for `text` the text itself. */
  readonly value: string;
}

/** Longest raw number that is taken for a card. */
export const maxWiegandBits = 128;
/** Longest text that is taken for a credential, characters. */
export const maxTextLength = 4096;

/** The canonical key, `technology:bits:value`: what is stored, indexed and compared. */
export function credentialKey(credential: Credential): string {
  return `${credential.technology}:${credential.bits}:${credential.value}`;
}

/** The credential of a canonical key; undefined when the key is not one that `credentialKey` writes. */
export function parseCredentialKey(key: string): Credential | undefined {
  // The text of a `text` credential may itself hold colons and line separators.
  const match = /^(em4100|wiegand|text):([1-9]\d{0,4}):(.+)$/su.exec(key);
  const technology = technologies.find((name) => name === match?.[1]);
  const value = match?.[3];
  if (technology === undefined || value === undefined) return undefined;
  const bits = Number(match?.[2]);
  if (technology === 'text') return value.length * 8 === bits ? textCredential(value) : undefined;
  if (!/^[0-9A-F]+$/.test(value) || value.length !== Math.ceil(bits / 4)) return undefined;
  return numberCredential(technology, bits, BigInt(`0x${value}`));
}

/** A text as a credential; undefined when it is empty or longer than `maxTextLength`. */
export function textCredential(text: string): Credential | undefined {
  if (text.length === 0 || text.length > maxTextLength) return undefined;
  return { technology: 'text', bits: text.length * 8, value: text };
}

/** A raw number as a credential; undefined when it does not fit its bits, or the technology has no such length. */
export function numberCredential(
  technology: 'em4100' | 'wiegand',
  bits: number,
  raw: bigint,
): Credential | undefined {
  const known = technology === 'em4100' ? isEm4100Length(bits) : Number.isInteger(bits) && bits >= 1;
  if (!known || bits > maxWiegandBits || raw < 0n || raw >> BigInt(bits) !== 0n) return undefined;
  return {
    technology,
    bits,
    value: raw
      .toString(16)
      .toUpperCase()
      .padStart(Math.ceil(bits / 4), '0'),
  };
}

/** Upper-case hexadecimal of bytes, two digits each. */
export function formatHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).toUpperCase().padStart(2, '0');
  return hex;
}

// ---- EM4100: one tag, 40 bits, told in full or by its low 32 or 24 bits ------------------------------

const em4100Lengths = [40, 32, 24] as const;

function isEm4100Length(bits: number): boolean {
  return em4100Lengths.some((length) => length === bits);
}

/**
 * The credential itself and its shorter known forms, longest first: EM4100 40 -> 32 -> 24 bits, all else itself
 * alone. An index that holds every enrolled credential under the keys of its truncations, asked with the keys of
 * the truncations of what was read, finds every candidate; `matches` then says which of them it really is.
 */
export function truncations(credential: Credential): Credential[] {
  if (credential.technology !== 'em4100') return [credential];
  const shorter = em4100Lengths.filter((bits) => bits < credential.bits);
  return [credential, ...shorter.map((bits) => em4100Low(credential, bits))];
}

/** Whether a read is this enrolled credential: the same, or of the same EM4100 tag as far as both tell it. */
export function matches(read: Credential, enrolled: Credential): boolean {
  if (read.technology !== enrolled.technology) return false;
  if (read.technology !== 'em4100') return read.bits === enrolled.bits && read.value === enrolled.value;
  const bits = Math.min(read.bits, enrolled.bits);
  return em4100Low(read, bits).value === em4100Low(enrolled, bits).value;
}

/**
 * What a credential is stored and found by: its key, and of an EM4100 tag the low 24 bits, in which all that may be the
 * same tag agrees.
 */
export function credentialColumns(credential: Credential): { key: string; tail: string | null } {
  const tail = credential.technology === 'em4100' ? em4100Low(credential, 24).value : null;
  return { key: credentialKey(credential), tail };
}

function em4100Low(credential: Credential, bits: number): Credential {
  return { technology: 'em4100', bits, value: credential.value.slice(-bits / 4) };
}

/**
 * The forms in which EM4100 tags are printed, typed and sent. `8H10D` is the low 8 hexadecimal digits as 10
 * decimal ones; `2H4H` the low 6 digits as two decimal numbers, `111,27706`.
 * Source: http://www.zgznk.com/product/product49_en.html
 */
export const em4100Forms = ['10H', '12D', '8H10D', '6H8D', '2H4H', '4H4H'] as const;
export type Em4100Form = (typeof em4100Forms)[number];

interface FormRow {
  bits: 40 | 32 | 24;
  radix: 10 | 16;
  /** Digits of the whole number, or of each half when `split` says how many bits the low half has. */
  digits: readonly number[];
  split?: 16;
}

const formRows: Record<Em4100Form, FormRow> = {
  '10H': { bits: 40, radix: 16, digits: [10] },
  '12D': { bits: 40, radix: 10, digits: [12] },
  '8H10D': { bits: 32, radix: 10, digits: [10] },
  '6H8D': { bits: 24, radix: 10, digits: [8] },
  '2H4H': { bits: 24, radix: 10, digits: [3, 5], split: 16 },
  '4H4H': { bits: 32, radix: 10, digits: [5, 5], split: 16 },
};

/** Who wrote a number: people leave out zeros and use full-width digits; a reader that does has lost characters. */
export type Em4100Writer = 'person' | 'reader';

/**
 * Reads a tag in a known form. The halves of `2H4H` and `4H4H` may stand together or be separated. Of a person,
 * full-width digits and commas count as plain ones, and separated halves may lack their leading zeros; of a reader,
 * every digit has to be there: `111,277` is what is left of `111,27706`, and another tag's number too.
 * Undefined when the text is not that form, or a number is out of the form's range.
 */
export function parseEm4100(
  text: string,
  form: Em4100Form,
  writer: Em4100Writer = 'person',
): Credential | undefined {
  const row = formRows[form];
  const plain = writer === 'person' ? text.normalize('NFKC').trim() : text;
  const raw = row.split ? parseHalves(plain, row, writer) : parseWhole(plain, row);
  return raw === undefined ? undefined : numberCredential('em4100', row.bits, raw);
}

function parseWhole(text: string, { radix, digits: [digits = 0], bits }: FormRow): bigint | undefined {
  if (radix === 16)
    return text.length === digits && /^[0-9A-Fa-f]+$/.test(text) ? BigInt(`0x${text}`) : undefined;
  // 40 bits can take a 13th decimal digit, a 1, that the name `12D` does not count.
  const whole = text.length === digits || (bits === 40 && text.length === 13 && text.startsWith('1'));
  return whole && /^\d+$/.test(text) ? BigInt(text) : undefined;
}

function parseHalves(
  text: string,
  { digits: [high = 0, low = 0], split = 16 }: FormRow,
  writer: Em4100Writer,
): bigint | undefined {
  const least = (most: number) => (writer === 'person' ? 1 : most);
  const apart = `(\\d{${least(high)},${high}})(?: ?[,./-] ?| )(\\d{${least(low)},${low}})`;
  const match = new RegExp(`^(?:(\\d{${high}})(\\d{${low}})|${apart})$`).exec(text);
  if (!match) return undefined;
  const upper = BigInt(match[1] ?? match[3] ?? '');
  const lower = BigInt(match[2] ?? match[4] ?? '');
  // The low half must not run over into the high one; the whole is held to its bits by the caller.
  if (lower >> BigInt(split) !== 0n) return undefined;
  return (upper << BigInt(split)) | lower;
}

/** Every form that a text may be: ten decimal digits may be `10H`, `8H10D` and `4H4H` alike. */
export function guessEm4100(
  text: string,
  writer: Em4100Writer = 'person',
): { form: Em4100Form; credential: Credential }[] {
  return em4100Forms.flatMap((form) => {
    const credential = parseEm4100(text, form, writer);
    return credential ? [{ form, credential }] : [];
  });
}

/** The tag as printed in a form; undefined for another technology or when the credential lacks the form's bits. */
export function formatEm4100(credential: Credential, form: Em4100Form): string | undefined {
  const row = formRows[form];
  if (credential.technology !== 'em4100' || credential.bits < row.bits) return undefined;
  const { value } = em4100Low(credential, row.bits);
  const decimal = (hex: string, digits = 0) => BigInt(`0x${hex}`).toString().padStart(digits, '0');
  if (row.radix === 16) return value;
  if (!row.split) return decimal(value, row.digits[0]);
  return `${decimal(value.slice(0, -4), row.digits[0])},${decimal(value.slice(-4), row.digits[1])}`;
}
