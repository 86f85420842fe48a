/** Replies, PD to ACU: a closed union of plain data. Source: SIA OSDP 2.2, section 7; codes in its Annex A.2. */
import { type FileStatusReply, fileStatusShape } from './file-transfer.ts';
import { type PdcapReply, type PdidReply, pdcapShape, pdidShape } from './identity.ts';
import {
  type Bare,
  bare,
  fitting,
  type MalformedPayload,
  payloadCodec,
  readU16,
  readU24,
  readU32,
  type Shape,
  u8,
  u16,
  u24,
  u32,
} from './payload.ts';

export type Reply =
  | Bare<'ack' | 'busy' | 'fmt'>
  | NakReply
  | PdidReply
  | PdcapReply
  | LstatrReply
  | IstatrReply
  | OstatrReply
  | RstatrReply
  | RawReply
  | KeypadReply
  | ComReply
  | CcryptReply
  | RmacReply
  | FileStatusReply
  | MfgrepReply
  | MfgerrrReply;

/** By code, from 1. Section 7.3. */
export const nakReasons = [
  'check',
  'length',
  'unknown-command',
  'sequence',
  'secure-channel-unsupported',
  'secure-channel-conditions',
  'bio-type',
  'bio-format',
  'record',
] as const;
export type NakReason = (typeof nakReasons)[number];

export interface NakReply {
  kind: 'nak';
  /** `other` for a code that the standard does not have. */
  reason: NakReason | 'other';
  code: number;
}

export const nak = (reason: NakReason): NakReply => ({
  kind: 'nak',
  reason,
  code: nakReasons.indexOf(reason) + 1,
});

/** True is bad, both times. */
export interface LstatrReply {
  kind: 'lstatr';
  tamper: boolean;
  powerFault: boolean;
}

export interface IstatrReply {
  kind: 'istatr';
  active: boolean[];
}

export interface OstatrReply {
  kind: 'ostatr';
  on: boolean[];
}

/** What hangs on the PD as a reader of its own. By code. */
export const readerStates = ['normal', 'not-connected', 'tamper'] as const;

export interface RstatrReply {
  kind: 'rstatr';
  readers: (typeof readerStates)[number][];
}

export interface RawReply {
  kind: 'raw';
  reader: number;
  format: 'unspecified' | 'wiegand';
  bitCount: number;
  /** Left-justified, the first bit read in the top bit of the first byte. */
  bytes: Uint8Array;
}

export interface KeypadReply {
  kind: 'keypad';
  reader: number;
  /** Digits, `*` and `#`, in the order in which they were pressed. */
  keys: string;
}

export interface ComReply {
  kind: 'com';
  address: number;
  baudRate: number;
}

export interface CcryptReply {
  kind: 'ccrypt';
  /** cUID, 8 bytes. */
  clientId: Uint8Array;
  /** RND.B, 8 bytes. */
  random: Uint8Array;
  /** The client cryptogram, 16 bytes. */
  cryptogram: Uint8Array;
}

export interface RmacReply {
  kind: 'rmac_i';
  /** 16 bytes. */
  mac: Uint8Array;
}

export interface MfgrepReply {
  kind: 'mfgrep';
  /** The maker's IEEE number, 24 bits. */
  vendor: number;
  data: Uint8Array;
}

export interface MfgerrrReply {
  kind: 'mfgerrr';
  vendor: number;
  data: Uint8Array;
}

const nakShape: Shape<NakReply> = {
  id: 0x41,
  encode: ({ code }) => u8(code),
  decode(data) {
    const code = data[0];
    // Behind some codes stands more about the fault, in the maker's own way.
    return code === undefined ? 'length' : { kind: 'nak', code, reason: nakReasons[code - 1] ?? 'other' };
  },
};

const lstatrShape: Shape<LstatrReply> = {
  id: 0x48,
  encode: ({ tamper, powerFault }) => [tamper ? 1 : 0, powerFault ? 1 : 0],
  decode: (data) =>
    data.length === 2 ? { kind: 'lstatr', tamper: data[0] !== 0, powerFault: data[1] !== 0 } : 'length',
};

const flags = (values: boolean[]): number[] => values.map((value) => (value ? 1 : 0));
const readFlags = (data: Uint8Array): boolean[] => Array.from(data, (byte) => byte !== 0);

const istatrShape: Shape<IstatrReply> = {
  id: 0x49,
  encode: ({ active }) => flags(active),
  decode: (data) => ({ kind: 'istatr', active: readFlags(data) }),
};

const ostatrShape: Shape<OstatrReply> = {
  id: 0x4a,
  encode: ({ on }) => flags(on),
  decode: (data) => ({ kind: 'ostatr', on: readFlags(data) }),
};

const rstatrShape: Shape<RstatrReply> = {
  id: 0x4b,
  encode: ({ readers }) => readers.map((state) => readerStates.indexOf(state)),
  decode(data) {
    const readers = Array.from(data, (byte) => readerStates[byte]).filter((state) => state !== undefined);
    return readers.length === data.length ? { kind: 'rstatr', readers } : 'value';
  },
};

const rawShape: Shape<RawReply> = {
  id: 0x50,
  encode: ({ reader, format, bitCount, bytes }) => [
    ...u8(reader),
    format === 'wiegand' ? 1 : 0,
    ...u16(bitCount),
    ...bytes,
  ],
  decode(data) {
    const [reader = 0, format = 0] = data;
    const bitCount = readU16(data, 2);
    const end = 4 + Math.ceil(bitCount / 8);
    if (data.length < 4 || data.length < end) return 'length';
    if (format > 1 || bitCount === 0) return 'value';
    return {
      kind: 'raw',
      reader,
      format: format === 1 ? 'wiegand' : 'unspecified',
      bitCount,
      bytes: data.slice(4, end),
    };
  },
};

/** Section 7.12: digits are ASCII, and these two are not. */
const starKey = 0x7f;
const hashKey = 0x0d;

const keypadShape: Shape<KeypadReply> = {
  id: 0x53,
  encode: ({ reader, keys }) => [
    ...u8(reader),
    ...u8(keys.length),
    ...Array.from(keys, (key) =>
      key === '*' ? starKey : key === '#' ? hashKey : fitting(key.charCodeAt(0), 0xff),
    ),
  ],
  decode(data) {
    const [reader = 0, count = 0] = data;
    if (data.length < 2 || data.length !== 2 + count) return 'length';
    const keys = Array.from(data.subarray(2), (byte) =>
      byte === starKey ? '*' : byte === hashKey ? '#' : String.fromCharCode(byte),
    );
    return { kind: 'keypad', reader, keys: keys.join('') };
  },
};

const comShape: Shape<ComReply> = {
  id: 0x54,
  encode: ({ address, baudRate }) => [...u8(address), ...u32(baudRate)],
  decode: (data) =>
    data.length === 5 ? { kind: 'com', address: data[0] ?? 0, baudRate: readU32(data, 1) } : 'length',
};

const ccryptShape: Shape<CcryptReply> = {
  id: 0x76,
  encode: ({ clientId, random, cryptogram }) => [...clientId, ...random, ...cryptogram],
  decode: (data) =>
    data.length === 32
      ? { kind: 'ccrypt', clientId: data.slice(0, 8), random: data.slice(8, 16), cryptogram: data.slice(16) }
      : 'length',
};

const rmacShape: Shape<RmacReply> = {
  id: 0x78,
  encode: ({ mac }) => mac,
  decode: (data) => (data.length === 16 ? { kind: 'rmac_i', mac: data.slice() } : 'length'),
};

function makersOwn<K extends 'mfgrep' | 'mfgerrr'>(id: number, kind: K) {
  return {
    id,
    encode: ({ vendor, data }: { vendor: number; data: Uint8Array }) => [...u24(vendor), ...data],
    decode: (data: Uint8Array) =>
      data.length < 3 ? ('length' as const) : { kind, vendor: readU24(data, 0), data: data.slice(3) },
  };
}

const codec = payloadCodec<Reply>({
  ack: bare(0x40, 'ack'),
  nak: nakShape,
  pdid: pdidShape,
  pdcap: pdcapShape,
  lstatr: lstatrShape,
  istatr: istatrShape,
  ostatr: ostatrShape,
  rstatr: rstatrShape,
  raw: rawShape,
  // Deprecated, and the same card comes as RAW: known, so that it is no fault, and nothing in it is read.
  fmt: bare(0x51, 'fmt'),
  keypad: keypadShape,
  com: comShape,
  ccrypt: ccryptShape,
  rmac_i: rmacShape,
  busy: bare(0x79, 'busy'),
  ftstat: fileStatusShape,
  mfgerrr: makersOwn(0x84, 'mfgerrr'),
  mfgrep: makersOwn(0x90, 'mfgrep'),
});

/** Code and payload of a reply; a RangeError for a number that does not fit its field. */
export const encodeReply = (reply: Reply): { id: number; data: Uint8Array } => codec.encode(reply);

/** What an ACU makes of a code and its payload, decrypted. Never throws. */
export const decodeReply = (id: number, data: Uint8Array): Reply | MalformedPayload => codec.decode(id, data);
