/**
 * What the hardware offers and what it needs: interfaces and typed event maps, nothing that runs.
 * The server knows these types and `openHardware`; drivers know these types and codecs.
 */
import type { Credential } from './credential.ts';
import type { DocumentRead, IdentityDocument } from './document.ts';
import type { BusReader, LightColour, OsdpBus, Progress, ReaderPlace, ReaderStatus } from './osdp-ports.ts';
import type { PaperPart, PrinterCondition, PrintResult } from './paper.ts';

export type Cancel = () => void;

/** Time is passed in: the real one in production, a hand-set one in tests. */
export interface Clock {
  /** Wall clock, milliseconds since 1970; may jump. */
  now(): number;
  /** Milliseconds from an arbitrary start; never goes back. */
  monotonic(): number;
  /** Runs once after `ms` monotonic milliseconds, unless cancelled. */
  after(ms: number, run: () => void): Cancel;
}

// ---- links: bytes or reports to and from one device ------------------------------------------------

/** An open connection. `data` hands on chunks as they arrive: a frame may be split or joined. */
export interface ByteLink {
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Called once, when the link is lost or closed; `fault` is absent when we closed it ourselves. */
  onClose(listener: (fault?: LinkFault) => void): void;
  /** Resolves when the bytes have been handed to the device; rejects with a LinkFault. */
  write(bytes: Uint8Array): Promise<void>;
  /** HID only: feature report of the given id, as the platform gives it. Both reject with a LinkFault. */
  readFeature?(reportId: number, length: number): Promise<Uint8Array>;
  writeFeature?(bytes: Uint8Array): Promise<void>;
  /** Serial only, where the line's rate can change while it is open. Rejects with a LinkFault. */
  setBaudRate?(baudRate: number): Promise<void>;
  close(): Promise<void>;
}

/** Why a link is not there; `code` is what screens translate, `detail` the system's own words. */
export interface LinkFault {
  code: 'not-found' | 'ambiguous' | 'permission' | 'busy' | 'unplugged' | 'io' | 'unsupported';
  detail: string;
}

export interface UsbIdentity {
  vendorId: number;
  productId: number;
  serialNumber?: string;
  /** Where on the USB it is plugged in, in the system's words: the same after a restart, another at another socket. */
  port?: string;
}

/**
 * Where a device is. A USB identity is followed wherever the system puts it, to its port alone when it names one; a
 * bare path is taken as it is.
 */
export type DeviceAddress =
  | { kind: 'serial'; path?: string; usb?: UsbIdentity }
  | { kind: 'hid'; path?: string; usb?: UsbIdentity }
  /** A serial line behind a server of its own, such as an RS-485 server on the network: raw bytes, no Telnet. */
  | { kind: 'tcp'; host: string; port: number }
  | { kind: 'sim' };

export interface SerialOptions {
  baudRate: number;
  dataBits: 7 | 8;
  parity: 'none' | 'even' | 'odd';
  stopBits: 1 | 2;
}

export interface LinkOpener {
  /** Rejects with a LinkFault. */
  open(address: DeviceAddress, serial: SerialOptions | undefined, deviceId: string): Promise<ByteLink>;
  /** What is plugged in now; `problem` when this machine can't list. */
  list(): Promise<{ found: FoundDevice[]; problem?: LinkFault }>;
}

/** Nobody finds out by themselves what is on the network. */
export type FoundAddress = Exclude<DeviceAddress, { kind: 'tcp' }>;

export interface FoundDevice {
  /** All that the system tells of its identity; its path when it tells nothing. `lastingAddress` is what to keep. */
  address: FoundAddress;
  /** Path, for showing. */
  path: string;
  manufacturer?: string;
  product?: string;
  /** HID only: usage page and usage of the interface, where the platform tells. */
  hidUsage?: { page: number; id: number };
  /** Catalogue models that this may be, by USB identity; empty when nothing matches. */
  models: string[];
}

// ---- what the server configures and hears ----------------------------------------------------------

export interface DeviceConfig {
  id: string;
  /** Id of a row of the catalogue. */
  model: string;
  address: DeviceAddress;
  /** Overrides of the model's options; validated by the model. */
  options?: Record<string, unknown>;
  /** Buses only: what is on them. */
  readers?: BusReader[];
}

export interface Read {
  deviceId: string;
  /** Which reader on the device: 0, or the bus address on a multi-drop bus. */
  reader: number;
  at: number;
  /** A well-framed read that is no credential (bad parity, foreign characters) is told, not dropped. */
  credential: Credential | MalformedCredential;
  /** The printed form that this reader sends, for the screen: `10H`, `8H10D`, `H10301` ... */
  form?: string;
}

export interface MalformedCredential {
  malformed: 'parity' | 'length' | 'charset' | 'checksum';
  /** Upper-case hexadecimal of what was received, at most 64 bytes. */
  raw: string;
}

export interface DeviceStatus {
  deviceId: string;
  state: 'connecting' | 'online' | 'offline';
  /** When this state began. */
  since: number;
  fault?: LinkFault;
  /** Good frames, and frames or bytes that were given up, since start. */
  frames: number;
  frameErrors: number;
  lastFrameAt?: number;
  /** Relay boards: whether the board can tell its state, and the state last known per channel. */
  readsBack?: boolean;
  channels?: (boolean | undefined)[];
  /** Buses only. `state` above is that of the line to the bus. */
  readers?: ReaderStatus[];
  /** Printers only, while they are online. */
  printer?: PrinterCondition;
}

export interface InputChange {
  deviceId: string;
  /** On a bus: the reader whose input it is. */
  reader?: number;
  /** 0-based input of the device. */
  input: number;
  active: boolean;
  at: number;
}

export interface Output {
  deviceId: string;
  /** On a bus: the reader whose output it is. */
  reader?: number;
  /** 1-based relay channel, as printed on boards. */
  channel: number;
}

/** Until when an ON may still be written. */
export interface PulseLimit {
  /** Monotonic milliseconds; no limit when absent. */
  notAfter?: number;
}

/**
 * `confirmed` the board said so · `sent` written, and this board can't say more · `unknown` written, the answer
 * got lost: never repeat blindly · `fault` nothing left for the wire, or the board says it did not switch.
 */
export interface RelayResult {
  outcome: 'confirmed' | 'sent' | 'unknown' | 'fault';
  detail?: string;
}

export interface HardwareEvents {
  read: Read;
  /** Once for each identity document that is laid on a reader. Personal data: see document.ts. */
  document: DocumentRead;
  /** At every change of `state` or of the fault's code; counters alone make no event, ask `statuses()`. */
  status: DeviceStatus;
  /** For each input when its state is first known, then at each change, also one that happened behind a lost link. */
  input: InputChange;
  /** A relay that should have fallen back after a pulse and did not. */
  'relay-stuck': { output: Output; at: number; detail: string };
  /** Keys pressed on a reader: digits, `*` and `#`. Never to be recorded. */
  keypad: ReaderPlace & { keys: string; at: number };
  /** At every change of state, security, key, tamper, power, identity or of an input or output. */
  'reader-status': ReaderStatus;
  /** `set` it has a key of its own now · `lost` it does not hold it any more · `refused` it would not take one. */
  'reader-key': ReaderPlace & { key: 'set' | 'lost' | 'refused'; at: number };
  progress: Progress;
  /** At every change while the printer is online, and when it comes online. */
  printer: { deviceId: string; condition: PrinterCondition; at: number };
}

export interface Hardware {
  on<K extends keyof HardwareEvents>(event: K, listener: (payload: HardwareEvents[K]) => void): Cancel;
  /** Opens what is new, closes what is gone, leaves the unchanged alone. Throws HardwareError on a bad row, changing nothing. */
  configure(devices: DeviceConfig[]): Promise<void>;
  statuses(): DeviceStatus[];
  /**
   * On, and off again after `ms`: resolves when the ON is settled. One command in flight per board. A second pulse
   * extends a running one. A board that is offline gives a `fault` at once, and nothing is kept for later. Rejects
   * with HardwareError `unknown-device` when there is no such relay board. With `notAfter` (`Clock.monotonic()`,
   * milliseconds), an ON that has not been written by then never is: a `fault` whose detail begins with `too late`.
   */
  pulse(output: Output, ms: number, limit?: PulseLimit): Promise<RelayResult>;
  /**
   * Latches the output (posture `free`); false releases it. A hold does not outlive the link: all outputs are off
   * when a board comes online, and whoever wants it held asks again.
   */
  hold(output: Output, on: boolean): Promise<RelayResult>;
  /**
   * One page after the other. What is printed is personal data: it stands in no status, event or error. Rejects with
   * HardwareError `unknown-device` when there is no such printer, else says how it went.
   */
  print(deviceId: string, page: readonly PaperPart[]): Promise<PrintResult>;
  scan(): Promise<{ found: FoundDevice[]; problems: LinkFault[] }>;
  /** What an OSDP bus can do beside reads, inputs and outputs; undefined when the device is none. */
  osdp(deviceId: string): OsdpBus | undefined;
  /** The simulated device behind a `sim` address. */
  simulated(deviceId: string): SimulatedDevice | undefined;
  /** All outputs off, all links closed. */
  close(): Promise<void>;
}

/** What a person can do to a device that is not there. On a bus, `reader` says to which one; the first when absent. */
export interface SimulatedDevice {
  model: string;
  /** Holds a card to it: the tag or text as printed, in the device's own form. Rejects what it can't send. */
  present?(credential: Credential, reader?: number): void;
  /** Why `present` would reject this credential; undefined when it would not. */
  cannotPresent?(credential: Credential): string | undefined;
  /** Document readers: lays a card on, in the place of one that lies there, and takes it away. */
  layCard?(document: IdentityDocument): void;
  takeCard?(): void;
  /** How many inputs `setInput` knows. */
  inputs?: number;
  setInput?(input: number, active: boolean, reader?: number): void;
  /** Readers on a bus. */
  press?(keys: string, reader?: number): void;
  setTamper?(tamper: boolean, reader?: number): void;
  /** What somebody who stands before the reader sees and hears now. */
  look?(reader?: number): { colour: LightColour; sounding: boolean; text: string; outputs: boolean[] };
  /** Cut off from the bus, or on it again; `powered: false` besides forgets what it had not yet told. */
  setReader?(present: { connected: boolean; powered?: boolean }, reader?: number): void;
  /** Relay boards: channel states as the board sees them. */
  channels?(): boolean[];
  onChannel?(listener: (channel: number, on: boolean) => void): Cancel;
  /** Printers: what has come out, and how it is from now on. */
  printed?(): PrintedPage[];
  setPrinter?(condition: PrinterCondition): void;
  /** How rudely it behaves from now on. */
  misbehave(rudeness: Partial<Rudeness>): void;
}

/** A page as somebody sees it who tears it off: its lines, and its pictures as rows of dots, true for black. */
export interface PrintedPage {
  lines: string[];
  pictures: boolean[][][];
}

export interface Rudeness {
  /** Split every frame into chunks of this many bytes. */
  splitInto: number;
  /** Random bytes before every frame. */
  noiseBytes: number;
  badChecksum: boolean;
  /** Milliseconds of delay before each frame or answer. */
  lateMs: number;
  /** Swallow this many next frames or answers. */
  lose: number;
  unplugged: boolean;
  /** Another program holds it, or the user may not open it. */
  refuse: 'permission' | 'busy' | undefined;
}
