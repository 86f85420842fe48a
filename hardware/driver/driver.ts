/** What every driver is: told of its link's coming and going, fed with what arrives, asked for its counts. */
import type { OsdpBus, ReaderStatus } from '../osdp-ports.ts';
import type { PaperPart, PrinterCondition, PrintResult } from '../paper.ts';
import type { ByteLink, LinkFault, PulseLimit, RelayResult } from '../ports.ts';

export interface Driver {
  /**
   * A fresh link. The device is online when this resolves; a rejection (LinkFault) gives the link up, and
   * another one follows. Called again after each loss.
   */
  opened(link: ByteLink): Promise<void>;
  /** Bytes as they arrived, or exactly one report. */
  received(bytes: Uint8Array): void;
  /** The link is gone: settles whatever waits on it. */
  lost(fault?: LinkFault): void;
  counts(): DriverCounts;
  /** Relay boards only. */
  board?: RelayBoard;
  /** Buses only: the outputs of the reader at that address. */
  boardOf?(reader: number): RelayBoard | undefined;
  /** OSDP buses only. */
  osdp?: OsdpBus;
  /** Printers only. */
  printer?: Printer;
  /** Outputs off, timers stopped; the link is still open when this is called, if there is one. */
  close(): Promise<void>;
}

export interface DriverCounts {
  frames: number;
  frameErrors: number;
  lastFrameAt?: number;
  readsBack?: boolean;
  channels?: (boolean | undefined)[];
  readers?: ReaderStatus[];
  printer?: PrinterCondition;
}

export interface Printer {
  /** Never rejects; settles within a minute of its turn. */
  print(page: readonly PaperPart[]): Promise<PrintResult>;
}

export interface RelayBoard {
  pulse(channel: number, ms: number, limit?: PulseLimit): Promise<RelayResult>;
  hold(channel: number, on: boolean): Promise<RelayResult>;
}
