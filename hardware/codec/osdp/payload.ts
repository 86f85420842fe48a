/** What the payloads of commands and replies have in common: numbers, low byte first, and how they fail. */

/** Why a payload is no command or reply: a code nobody knows, too few bytes, or a value that has no meaning. */
export interface MalformedPayload {
  kind: 'malformed';
  /** The code of the command or reply. */
  id: number;
  fault: 'unknown' | 'length' | 'value';
}

/** One command or reply: its code, and the bytes behind it both ways. */
export interface Shape<T> {
  id: number;
  /** A RangeError for what does not fit. */
  encode(value: T): Iterable<number>;
  decode(data: Uint8Array): T | 'length' | 'value';
}

/** A number that fits; a RangeError otherwise, for a byte cut off would mean something else. */
export function fitting(value: number, max: number): number {
  if (Number.isInteger(value) && value >= 0 && value <= max) return value;
  throw new RangeError(`${value} does not fit into 0 to ${max}`);
}

export const u8 = (value: number): number[] => [fitting(value, 0xff)];
export const u16 = (value: number): number[] => [fitting(value, 0xffff) & 0xff, value >> 8];
export const u24 = (value: number): number[] => [...u16(fitting(value, 0xffffff) & 0xffff), value >> 16];
export const u32 = (value: number): number[] => [
  ...u16(fitting(value, 0xffffffff) & 0xffff),
  ...u16(Math.floor(value / 0x10000)),
];

export const readU16 = (data: Uint8Array, at: number): number => (data[at] ?? 0) | ((data[at + 1] ?? 0) << 8);
export const readU24 = (data: Uint8Array, at: number): number =>
  readU16(data, at) | ((data[at + 2] ?? 0) << 16);
export const readU32 = (data: Uint8Array, at: number): number =>
  readU16(data, at) + readU16(data, at + 2) * 0x10000;

/** Times go over the wire in tenths of a second. */
export const tenths = (ms: number): number => Math.round(ms / 100);
export const fromTenths = (count: number): number => count * 100;

/** The place of a word in its list is its code on the wire. */
export function codeOf<W extends string>(words: readonly W[], word: W): number {
  return fitting(words.indexOf(word), 0xff);
}

/** Records of one length, as many as there are; at least one. */
export function records<T>(
  data: Uint8Array,
  size: number,
  read: (record: Uint8Array) => T | 'value',
): T[] | 'length' | 'value' {
  if (data.length === 0 || data.length % size !== 0) return 'length';
  const found: T[] = [];
  for (let at = 0; at < data.length; at += size) {
    const record = read(data.subarray(at, at + size));
    if (record === 'value') return 'value';
    found.push(record);
  }
  return found;
}

/** One member of a union for each of these kinds. */
export type Bare<K extends string> = K extends string ? { kind: K } : never;

/** A payload that says nothing. What a peer adds to it is passed over. */
export function bare<K extends string>(id: number, kind: K): Shape<{ kind: K }> {
  return { id, encode: () => [], decode: () => ({ kind }) };
}

/** A table of shapes as a codec of their whole union. */
export function payloadCodec<T extends { kind: string }>(
  shapes: {
    [K in T['kind']]: Shape<Extract<T, { kind: K }>>;
  },
) {
  // One row fits one kind, and each is looked up by the kind that it was made for.
  const rows = shapes as unknown as Record<string, Shape<T>>;
  const byId = new Map(Object.values(rows).map((shape) => [shape.id, shape]));
  return {
    encode(value: T): { id: number; data: Uint8Array } {
      const shape = rows[value.kind];
      if (!shape) throw new RangeError(`no OSDP payload ${value.kind}`);
      return { id: shape.id, data: Uint8Array.from(shape.encode(value)) };
    },
    decode(id: number, data: Uint8Array): T | MalformedPayload {
      const decoded = byId.get(id)?.decode(data) ?? 'unknown';
      return typeof decoded === 'string' ? { kind: 'malformed', id, fault: decoded } : decoded;
    },
  };
}
