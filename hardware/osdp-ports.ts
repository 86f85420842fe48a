/** What an OSDP bus offers and needs, beside what every device does: interfaces, nothing that runs. */

/** One reader on an OSDP bus. */
export interface BusReader {
  /** 0 to 126. */
  address: number;
}

/** A reader on a bus: the bus, and the address on it. */
export interface ReaderPlace {
  deviceId: string;
  reader: number;
}

export type AttachedReader = 'normal' | 'not-connected' | 'tamper';

export interface ReaderStatus extends ReaderPlace {
  /**
   * `not-answering` after one second of silence, `offline` after eight, or with the line. Of one that holds a key, only
   * what it signs breaks the silence.
   */
  state: 'connecting' | 'online' | 'not-answering' | 'offline';
  /** When this state began. */
  since: number;
  /** In the secure channel, under its own key. */
  secure: boolean;
  /**
   * It takes what it is told: commands reach its outputs, lamps and buzzer. On line alone it may still be saying who it
   * is, and what was held before it was gone is being switched off.
   */
  ready: boolean;
  /** It says of everything that it came damaged: the rate, the wiring, or a check that it does not know. */
  misunderstands: boolean;
  /**
   * `lost`: it does not hold the key that it was given. Somebody may have put another in its place. · `unreadable`: the
   * store does not give its key, and so it is not spoken to.
   */
  key: 'none' | 'held' | 'lost' | 'unreadable';
  /** A person lets it be given a key until then. */
  enrolUntil?: number;
  identity?: { vendor: number; model: number; version: number; serial: number; firmware: string };
  abilities?: { inputs: number; outputs: number; leds: number; buzzer: boolean; displays: number };
  tamper?: boolean;
  /** What hangs on it as a reader of its own, such as the head of a two-piece reader. */
  attached?: AttachedReader;
  powerFault?: boolean;
  inputs: boolean[];
  outputs: boolean[];
  /** From poll to poll, milliseconds. */
  pollMs?: number;
  /** Damaged, missing and forged answers within the last hour. */
  errorsPerHour: number;
}

/** How far a search or a file is. */
export type Progress =
  | { kind: 'search'; deviceId: string; done: number; total: number; found: FoundReader[] }
  | ({ kind: 'file'; done: number; total: number } & ReaderPlace);

/** `reader` is always its address on the bus. Where there is none, results say `offline`. */
export interface OsdpBus {
  /** The result of a card, for the person who holds it. */
  show(reader: number, indication: Indication): Promise<ShowResult>;
  /**
   * A person lets this reader be given a key, within `ms`: it has none yet, or has lost it; to one that is in its secure
   * channel nothing is done. Only then is it spoken to
   * under the key that everybody knows, and only to hand over its own. 0 ends it. What came of it is told by
   * `reader-key`.
   */
  enrol(reader: number, ms: number): void;
  /** A fresh random key for a reader that holds one. Rejects when the key store does. */
  rotateKey(reader: number): Promise<ReaderResult>;
  /**
   * Moves a reader to another address or rate, its key with it; whoever configures the bus has to follow it to where it
   * says that it goes. Rejects when the key store does.
   */
  moveReader(reader: number, to: LinePlace): Promise<MoveResult>;
  /**
   * Speaks to a reader where it has gone to, under the key that it has here, and tells it to come back to its address and
   * the bus's rate. Who else has that address is not spoken to meanwhile. `offline`: it is not there, or the line can't
   * change its rate.
   */
  bringBack(reader: number, from: LinePlace): Promise<ReaderResult>;
  /** Looks for readers that are not configured, between the others' turns. `progress` tells how far it is. */
  search(where: { baudRates: number[]; addresses: number[] }): ReaderSearch;
  /** A file, such as firmware. `type` is the maker's, 1 where the reader knows it by its contents. */
  sendFile(reader: number, file: { type: number; bytes: Uint8Array }): FileSending;
  /** Its maker's own command. `data` is what it answered, where it answered more than that it was done. */
  makerCommand(
    reader: number,
    command: { vendor: number; data: Uint8Array },
  ): Promise<ReaderResult & { data?: Uint8Array }>;
  /** It stays able to read for so long, where it would save power otherwise. Up to 65 s. */
  keepActive(reader: number, ms: number): Promise<ReaderResult>;
  /** Every frame from now on, in OSDPCAP lines, without what is secret or private in it. Gives its end. */
  trace(sink: (line: string) => void): () => void;
}

export type LightColour = 'black' | 'red' | 'green' | 'amber' | 'blue' | 'magenta' | 'cyan' | 'white';

/** What is absent stays as it is. */
export interface Indication {
  /** For `ms`, in tenths of a second; blinking when `blinkMs` is above 0. */
  light?: { colour: LightColour; ms: number; blinkMs?: number };
  /** The colour when nothing is to be shown. */
  idleLight?: LightColour;
  sound?: { beeps: number; onMs: number; offMs: number };
  /** ASCII, for whole seconds. */
  text?: { text: string; ms: number };
}

export interface ShowResult {
  outcome: 'shown' | 'refused' | 'lost' | 'offline';
}

/**
 * `lost` said, and never answered: it may have been done · `unfinished` it took all of a file, and never came to an end
 * with it · `stopped` a file that was not wanted any more.
 */
export interface ReaderResult {
  outcome: 'done' | 'refused' | 'lost' | 'offline' | 'unfinished' | 'stopped';
  detail?: string;
}

/** Where a reader answers on a line. */
export interface LinePlace {
  address: number;
  baudRate: number;
}

/**
 * `at`: where the reader answers from now on, as it says. When it is `done`, that need not be where it was told to go;
 * `elsewhere` is an address that another reader has, or none can have, and nobody can follow it there. `refused`: it stays
 * where it is.
 */
export interface MoveResult {
  outcome: ReaderResult['outcome'] | 'elsewhere';
  detail?: string;
  at?: LinePlace;
}

export interface FoundReader extends LinePlace {
  identity?: NonNullable<ReaderStatus['identity']>;
}

export interface ReaderSearch {
  found: Promise<FoundReader[]>;
  /** Resolves `found` with what there is. */
  cancel(): void;
}

export interface FileSending {
  result: Promise<ReaderResult>;
  cancel(): void;
}

/** Keys of 16 bytes. `next` was handed out and is not yet acknowledged: the reader may hold either. */
export interface StoredKeys {
  current?: Uint8Array;
  next?: Uint8Array;
}

/** Where readers' keys are kept, encrypted. Resolves when they are safe; what it rejects with holds no key. */
export interface OsdpKeyStore {
  get(place: ReaderPlace): Promise<StoredKeys>;
  put(place: ReaderPlace, keys: StoredKeys): Promise<void>;
}
