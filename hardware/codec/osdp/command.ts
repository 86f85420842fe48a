/** Commands, ACU to PD: a closed union of plain data. Source: SIA OSDP 2.2, section 6; codes in its Annex A.1. */
import { type FileTransferCommand, fileTransferShape } from './file-transfer.ts';
import {
  type BuzCommand,
  buzShape,
  type LedCommand,
  ledShape,
  type TextCommand,
  textShape,
} from './indication.ts';
import { exposeKey, keyBytes, type OsdpKey, osdpKey } from './key.ts';
import {
  type Bare,
  bare,
  codeOf,
  fromTenths,
  type MalformedPayload,
  payloadCodec,
  readU16,
  readU24,
  readU32,
  records,
  type Shape,
  tenths,
  u8,
  u16,
  u24,
  u32,
} from './payload.ts';

export type Command =
  | Bare<'poll' | 'lstat' | 'istat' | 'ostat' | 'rstat' | 'id' | 'cap' | 'abort'>
  | OutCommand
  | LedCommand
  | BuzCommand
  | TextCommand
  | ComsetCommand
  | KeysetCommand
  | ChlngCommand
  | ScryptCommand
  | AcuRxSizeCommand
  | FileTransferCommand
  | MfgCommand
  | KeepActiveCommand;

/**
 * The place in the list is the code. `off` and `on` are permanent and end a running timer, the `after-timer` ones let
 * it run out first; the `timed` ones last `timerMs` and then fall back to what is permanent.
 */
export const outputActions = [
  'nop',
  'off',
  'on',
  'off-after-timer',
  'on-after-timer',
  'timed-on',
  'timed-off',
] as const;
export type OutputAction = (typeof outputActions)[number];

export interface OutputControl {
  /** 0-based. */
  output: number;
  action: OutputAction;
  /** Steps of 100 ms, up to 6,553,500. */
  timerMs: number;
}

export interface OutCommand {
  kind: 'out';
  outputs: OutputControl[];
}

export interface ComsetCommand {
  kind: 'comset';
  address: number;
  baudRate: number;
}

/** Only inside the secure channel. */
export interface KeysetCommand {
  kind: 'keyset';
  key: OsdpKey;
}

export interface ChlngCommand {
  kind: 'chlng';
  /** RND.A, 8 bytes. */
  random: Uint8Array;
}

export interface ScryptCommand {
  kind: 'scrypt';
  /** The server cryptogram, 16 bytes. */
  cryptogram: Uint8Array;
}

/** The longest reply that the ACU can take. */
export interface AcuRxSizeCommand {
  kind: 'acurxsize';
  maxBytes: number;
}

export interface MfgCommand {
  kind: 'mfg';
  /** The maker's IEEE number, 24 bits. */
  vendor: number;
  data: Uint8Array;
}

/** The reader shall stay able to read for so long. */
export interface KeepActiveCommand {
  kind: 'keepactive';
  ms: number;
}

const outShape: Shape<OutCommand> = {
  id: 0x68,
  encode: ({ outputs }) =>
    outputs.flatMap(({ output, action, timerMs }) => [
      ...u8(output),
      codeOf(outputActions, action),
      ...u16(tenths(timerMs)),
    ]),
  decode(data) {
    const outputs = records(data, 4, (record): OutputControl | 'value' => {
      const [output = 0, code = 0] = record;
      const action = outputActions[code];
      return action ? { output, action, timerMs: fromTenths(readU16(record, 2)) } : 'value';
    });
    return typeof outputs === 'string' ? outputs : { kind: 'out', outputs };
  },
};

const comsetShape: Shape<ComsetCommand> = {
  id: 0x6e,
  encode: ({ address, baudRate }) => [...u8(address), ...u32(baudRate)],
  decode: (data) =>
    data.length === 5 ? { kind: 'comset', address: data[0] ?? 0, baudRate: readU32(data, 1) } : 'length',
};

/** Key type 1 is the SCBK, and the only one there is. */
const scbkType = 1;

const keysetShape: Shape<KeysetCommand> = {
  id: 0x75,
  encode: ({ key }) => [scbkType, keyBytes, ...exposeKey(key)],
  decode(data) {
    if (data.length !== 2 + keyBytes || data[1] !== keyBytes) return 'length';
    return data[0] === scbkType ? { kind: 'keyset', key: osdpKey(data.subarray(2)) } : 'value';
  },
};

const chlngShape: Shape<ChlngCommand> = {
  id: 0x76,
  encode: ({ random }) => random,
  decode: (data) => (data.length === 8 ? { kind: 'chlng', random: data.slice() } : 'length'),
};

const scryptShape: Shape<ScryptCommand> = {
  id: 0x77,
  encode: ({ cryptogram }) => cryptogram,
  decode: (data) => (data.length === 16 ? { kind: 'scrypt', cryptogram: data.slice() } : 'length'),
};

const acuRxSizeShape: Shape<AcuRxSizeCommand> = {
  id: 0x7b,
  encode: ({ maxBytes }) => u16(maxBytes),
  decode: (data) => (data.length === 2 ? { kind: 'acurxsize', maxBytes: readU16(data, 0) } : 'length'),
};

const mfgShape: Shape<MfgCommand> = {
  id: 0x80,
  encode: ({ vendor, data }) => [...u24(vendor), ...data],
  decode: (data) =>
    data.length < 3 ? 'length' : { kind: 'mfg', vendor: readU24(data, 0), data: data.slice(3) },
};

const keepActiveShape: Shape<KeepActiveCommand> = {
  id: 0xa7,
  encode: ({ ms }) => u16(ms),
  decode: (data) => (data.length === 2 ? { kind: 'keepactive', ms: readU16(data, 0) } : 'length'),
};

/** One byte 00 asks for the standard report; the standard has no other. */
function question<K extends 'id' | 'cap'>(id: number, kind: K): Shape<{ kind: K }> {
  return { id, encode: () => [0], decode: (data) => (data.length > 1 ? 'length' : { kind }) };
}

const codec = payloadCodec<Command>({
  poll: bare(0x60, 'poll'),
  id: question(0x61, 'id'),
  cap: question(0x62, 'cap'),
  lstat: bare(0x64, 'lstat'),
  istat: bare(0x65, 'istat'),
  ostat: bare(0x66, 'ostat'),
  rstat: bare(0x67, 'rstat'),
  out: outShape,
  led: ledShape,
  buz: buzShape,
  text: textShape,
  comset: comsetShape,
  keyset: keysetShape,
  chlng: chlngShape,
  scrypt: scryptShape,
  acurxsize: acuRxSizeShape,
  filetransfer: fileTransferShape,
  mfg: mfgShape,
  abort: bare(0xa2, 'abort'),
  keepactive: keepActiveShape,
});

/** Code and payload of a command; a RangeError for a number that does not fit its field. */
export const encodeCommand = (command: Command): { id: number; data: Uint8Array } => codec.encode(command);

/** What a PD makes of a code and its payload, decrypted. Never throws. */
export const decodeCommand = (id: number, data: Uint8Array): Command | MalformedPayload =>
  codec.decode(id, data);
