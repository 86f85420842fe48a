/**
 * Hands each document that is laid on a reader to the one screen that waits for it there: whoever asked last. What
 * nobody waits for is forgotten at once, and so is what lies on a reader of which another is the owner.
 */
import type { SeenDocument } from '../contract/documents.ts';

type Cancel = () => void;

/** The part of a connection that waits. */
export interface Waiter {
  /** The kiosk whose page it is; undefined for a desk. */
  kioskId?: string;
  read(document: SeenDocument): void;
  /** Another waits there now. */
  taken(): void;
}

export interface DocumentDesk {
  /** The one who waited there before is told. Undefined for who is not the reader's owner. */
  wait(deviceId: string, waiter: Waiter): Cancel | undefined;
  close: Cancel;
}

/** @param ownerOf the kiosk whose reader it is; undefined for one that any desk may use */
export function documentDesk(
  onDocument: (listener: (document: SeenDocument) => void) => Cancel,
  ownerOf: (deviceId: string) => string | undefined,
): DocumentDesk {
  const waiting = new Map<string, Waiter>();
  return {
    wait(deviceId, waiter) {
      if (ownerOf(deviceId) !== waiter.kioskId) return undefined;
      waiting.get(deviceId)?.taken();
      waiting.set(deviceId, waiter);
      return () => {
        if (waiting.get(deviceId) === waiter) waiting.delete(deviceId);
      };
    },
    close: onDocument((document) => {
      const { deviceId } = document;
      const waiter = waiting.get(deviceId);
      // It may have been given to a kiosk, or taken from it, since.
      if (waiter && waiter.kioskId === ownerOf(deviceId)) waiter.read(document);
    }),
  };
}
