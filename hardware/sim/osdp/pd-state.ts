/** A simulated PD as one value, and what a person does to it. Times are monotonic milliseconds. */
import type { FrameCheck } from '../../codec/osdp/frame.ts';
import type { ProvenToAcu } from '../../codec/osdp/handshake.ts';
import type { Capability, PdidReply } from '../../codec/osdp/identity.ts';
import { capabilities } from '../../codec/osdp/identity.ts';
import type { OsdpKey } from '../../codec/osdp/key.ts';
import type { Reply } from '../../codec/osdp/reply.ts';
import type { SecureSession } from '../../codec/osdp/secure-session.ts';
import { darkPanel, type Panel } from './panel.ts';

/** How a PD is built, and how it is wrong. Counts are of the next answers, and count down. */
export interface PdFaults {
  /** As if it were not on the bus. */
  muted: boolean;
  /** Beside its turn-around time. */
  lateMs: number;
  /** Done, and the answer lost on its way. */
  lose: number;
  badCheck: number;
  /** In secure answers alone. */
  badMac: number;
  wrongSequence: number;
  /** Not done, answered BUSY. */
  busy: number;
  /** Says who it is only to who has polled it. */
  idAfterPoll: boolean;
  /** Says of these commands, by their number in the frame, that they came damaged. */
  complainsOf: readonly number[];
  /**
   * To everything in the secure channel somebody else says first, in the clear, that it is not known; or to every
   * handshake that it has the wrong number.
   */
  overruled: false | 'session' | 'handshake';
  /** Takes a file, and is never through with it. */
  neverFinishes: boolean;
  /** Knows no CRC. */
  checksumOnly: boolean;
  /** Encrypting blocks around nothing. */
  emptyBlocks: boolean;
  /** Signs its answers to LSTAT, ISTAT, OSTAT and RSTAT by the ACU's block type, their data in the clear. */
  clearReports: boolean;
  /** Drops the session before it acknowledges a KEYSET, and so says it in the clear. */
  clearKeysetAck: boolean;
  /** What of a COMSET it decides itself, as one that knows a single rate. */
  ownPlace: Partial<Pick<Pd, 'address' | 'baudRate'>>;
  /** Somebody on the line answers a KEYSET in its place, in the clear, and it hears nothing of it. */
  forgedKeysetAck: boolean;
}

export const soundPd: PdFaults = {
  muted: false,
  lateMs: 0,
  lose: 0,
  badCheck: 0,
  badMac: 0,
  wrongSequence: 0,
  busy: 0,
  idAfterPoll: false,
  complainsOf: [],
  overruled: false,
  neverFinishes: false,
  checksumOnly: false,
  emptyBlocks: false,
  clearReports: false,
  clearKeysetAck: false,
  ownPlace: {},
  forgedKeysetAck: false,
};

/** What the PD has received of a file. */
export interface ReceivedFile {
  type: number;
  total: number;
  received: number;
  parts: readonly Uint8Array[];
}

export interface Pd {
  readonly address: number;
  readonly baudRate: number;
  readonly identity: Omit<PdidReply, 'kind'>;
  /** cUID, 8 bytes; by this a master key makes the PD's own. */
  readonly clientId: Uint8Array;
  readonly capabilities: readonly Capability[];
  /** `required` refuses everything in the clear but ID, CAP and the handshake. */
  readonly security: 'none' | 'optional' | 'required';
  /** Its own SCBK; without one it has only what everybody knows. */
  readonly key?: OsdpKey;
  /** Takes SCBK-D, until it is given a key. */
  readonly installing: boolean;
  /** From the end of a command to the beginning of its answer. */
  readonly turnaroundMs: number;
  /** Some answer OUT with the outputs, some with ACK. */
  readonly outAnswer: 'ostatr' | 'ack';
  /** Told with every fragment of a file. */
  readonly fileDelayMs: number;
  readonly fileMaxMessage: number;

  readonly inputs: readonly boolean[];
  readonly tamper: boolean;
  readonly powerFault: boolean;
  /** Waiting for polls, oldest first. */
  readonly events: readonly Reply[];
  readonly panel: Panel;
  readonly file?: ReceivedFile;
  /** What ACURXSIZE said. */
  readonly acuMaxBytes?: number;

  readonly polled: boolean;
  readonly heardAt: number;
  /** Of the last command that was done; undefined wants 0. */
  readonly sequence?: number;
  /** That command and its answer, to be given again for the same bytes. */
  readonly last?: { command: Uint8Array; answer: Uint8Array; check: FrameCheck };
  readonly handshake?: ProvenToAcu;
  readonly session?: SecureSession;
  readonly faults: PdFaults;
}

export interface PdOptions extends Partial<Omit<Pd, 'inputs' | 'panel' | 'faults'>> {
  inputs?: number;
  outputs?: number;
  faults?: Partial<PdFaults>;
}

/** A PD just switched on: own address 0, 9600 baud, one reader, two inputs, two outputs, no key and ready for one. */
export function newPd({ inputs = 2, outputs = 2, faults, ...options }: PdOptions = {}): Pd {
  const security = options.security ?? 'optional';
  const identity = options.identity ?? {
    vendor: 0x317a69,
    model: 1,
    version: 1,
    serial: 0x01020304,
    firmware: { major: 1, minor: 2, build: 3 },
  };
  return {
    address: 0,
    baudRate: 9600,
    identity,
    clientId: clientIdOf(identity),
    capabilities: [
      { code: capabilities.contactStatus, compliance: 1, count: inputs },
      { code: capabilities.outputControl, compliance: 2, count: outputs },
      { code: capabilities.cardFormat, compliance: 1, count: 0 },
      { code: capabilities.ledControl, compliance: 4, count: 1 },
      { code: capabilities.audibleOutput, compliance: 2, count: 1 },
      { code: capabilities.textOutput, compliance: 1, count: 1 },
      { code: capabilities.check, compliance: faults?.checksumOnly ? 0 : 1, count: 0 },
      { code: capabilities.security, compliance: security === 'none' ? 0 : 1, count: 0 },
      // 256 bytes, low byte first.
      { code: capabilities.receiveBuffer, compliance: 0, count: 1 },
      { code: capabilities.readers, compliance: 0, count: 1 },
      { code: capabilities.osdpVersion, compliance: 2, count: 0 },
    ],
    security,
    installing: options.key === undefined,
    turnaroundMs: 1,
    outAnswer: 'ostatr',
    fileDelayMs: 0,
    fileMaxMessage: 0,
    tamper: false,
    powerFault: false,
    events: [],
    polled: false,
    heardAt: 0,
    ...options,
    inputs: Array.from({ length: inputs }, () => false),
    panel: darkPanel(outputs),
    faults: { ...soundPd, ...faults },
  };
}

/** Maker, model and serial number, as they stand in PDID. */
function clientIdOf({ vendor, model, serial }: Pd['identity']): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setUint32(0, (vendor | (model << 24)) >>> 0, true);
  bytes.setUint32(4, serial, true);
  return new Uint8Array(bytes.buffer);
}

const queued = (pd: Pd, event: Reply): Pd => ({ ...pd, events: [...pd.events, event] });

/** Bits left-justified, first one first, in as many bytes as they take. */
export function readCard(pd: Pd, bitCount: number, bytes: Uint8Array, reader = 0): Pd {
  return queued(pd, { kind: 'raw', reader, format: 'wiegand', bitCount, bytes });
}

export function pressKeys(pd: Pd, keys: string, reader = 0): Pd {
  return queued(pd, { kind: 'keypad', reader, keys });
}

export function setLocal(pd: Pd, change: { tamper?: boolean; powerFault?: boolean }): Pd {
  const next = { ...pd, ...change };
  return queued(next, { kind: 'lstatr', tamper: next.tamper, powerFault: next.powerFault });
}

export function setInput(pd: Pd, input: number, active: boolean): Pd {
  const inputs = pd.inputs.map((before, index) => (index === input ? active : before));
  return queued({ ...pd, inputs }, { kind: 'istatr', active: inputs });
}

export function misbehave(pd: Pd, faults: Partial<PdFaults>): Pd {
  return { ...pd, faults: { ...pd.faults, ...faults } };
}

/** Off and on again: keeps what stands in its permanent memory and at its terminals, and forgets the rest. */
export function powerCycle(pd: Pd): Pd {
  const { sequence, last, handshake, session, file, acuMaxBytes, ...kept } = pd;
  return { ...kept, events: [], polled: false, panel: darkPanel(pd.panel.outputs.length) };
}

/** The ACU was silent for too long, or begins anew. */
export function forgetSession(pd: Pd): Pd {
  const { sequence, last, handshake, session, ...kept } = pd;
  return kept;
}
