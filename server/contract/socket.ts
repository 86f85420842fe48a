/** The live side: what travels over socket.io, and the capability each subscription needs. */
import { z } from 'zod';
import type { Capability } from './capabilities.ts';
import type { DeviceStatus, SeenRead } from './devices.ts';
import type { documentWatch, KioskDocument, SeenDocument } from './documents.ts';
import type { LaneState } from './gates.ts';
import { submissionKey } from './kiosk-visits.ts';
import type { LogRow } from './log.ts';
import type { BusProgress } from './readers.ts';
import type { VisitNotice } from './visits.ts';

export const liveSubscribe = z.object({
  /** The last sequence number seen: rows after it follow, without gap or duplicate. Null: from now on. */
  cursor: z.number().int().min(0).nullable(),
});
export const readsWatch = z.object({ deviceId: z.string().max(64).nullable() });

/** By the key under which the kiosk has sent it. */
export const visitWatch = z.object({ key: submissionKey });

export type Ack = { ok: true } | { ok: false; code: 'not-allowed' | 'invalid-request' };
/** `unknown-cursor`: the cursor is ahead of this log, so it knows another one. */
export type DropReason = 'slow' | 'store-fault' | 'unknown-cursor' | 'server-stopping' | 'session-ended';

/**
 * Why a connection was refused: the message of the client's `connect_error`. After `too-many-requests` the client
 * waits, longer each time; one that asks on at once is let in no more.
 */
export type RefusedReason = 'not-signed-in' | 'not-allowed' | 'too-many-requests' | 'internal';

export interface ClientToServer {
  'live:subscribe': (request: z.infer<typeof liveSubscribe>, ack: (answer: Ack) => void) => void;
  'live:unsubscribe': () => void;
  /** Device and lane states: the present ones at once, then each change. */
  'states:watch': (ack: (answer: Ack) => void) => void;
  /** Reads as they come, for a test swipe or an enrolment; of one device, or of all (null). Looking on changes nothing. */
  'reads:watch': (request: z.infer<typeof readsWatch>, ack: (answer: Ack) => void) => void;
  'reads:unwatch': () => void;
  /**
   * The next cards that are laid on this reader of identity documents. One screen at a time has them: who asks last, and
   * the one before is told `document:taken`. A kiosk's own reader is none of them. A card that was laid on before is laid
   * on again.
   */
  'document:watch': (request: z.infer<typeof documentWatch>, ack: (answer: Ack) => void) => void;
  'document:unwatch': () => void;
  /** News of visits: of one's own visitors, or of all with the right to see them. */
  'visits:watch': (ack: (answer: Ack) => void) => void;
}

export interface ServerToClient {
  /** Ascending; the acknowledgement asks for more. */
  'live:rows': (rows: LogRow[], ack: () => void) => void;
  /** The feed has ended; subscribe again with the last sequence number. */
  'live:dropped': (reason: DropReason) => void;
  'states:devices': (statuses: DeviceStatus[]) => void;
  /** To who watches the states: how far searches and files are. */
  'states:progress': (progress: BusProgress) => void;
  'states:lanes': (states: LaneState[]) => void;
  'reads:read': (read: SeenRead) => void;
  /** To the one screen that watches the reader. */
  'document:read': (document: SeenDocument) => void;
  /** Another screen watches the reader now, and this one no more. */
  'document:taken': (reader: z.infer<typeof documentWatch>) => void;
  'visits:news': (notice: VisitNotice) => void;
}

export const socketCapabilities = {
  'live:subscribe': 'log.read',
  'states:watch': 'gates.read',
  'reads:watch': 'credentials.manage',
  'document:watch': 'visits.admit',
  'visits:watch': 'visits.host',
} as const satisfies Partial<Record<keyof ClientToServer, Capability>>;

/** A paired kiosk, in the space `/kiosk`. */
export interface KioskToServer {
  /** The visit for which somebody waits; one at a time. */
  'visit:watch': (request: z.infer<typeof visitWatch>, ack: (answer: Ack) => void) => void;
  /**
   * The next cards that are laid on the reader of this kiosk: for its page that asked last, and for as long as that stays
   * connected. `invalid-request`: the kiosk has no reader.
   */
  'document:watch': (ack: (answer: Ack) => void) => void;
}

export interface ServerToKiosk {
  /** Something of the watched visit has happened: ask how it stands. */
  'visit:news': () => void;
  'document:read': (document: KioskDocument) => void;
}
