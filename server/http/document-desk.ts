/**
 * Hands each document that is laid on a reader to the one screen that waits for it there: whoever asked last. What
 * nobody waits for is forgotten at once.
 */
import type { SeenDocument } from '../contract/documents.ts';
import type { ServerToClient } from '../contract/socket.ts';

type Cancel = () => void;

/** The part of a connection that waits. */
interface Waiter {
  emit<E extends 'document:read' | 'document:taken'>(
    event: E,
    ...told: Parameters<ServerToClient[E]>
  ): unknown;
}

export interface DocumentDesk {
  /** The one who waited there before is told. */
  wait(deviceId: string, waiter: Waiter): Cancel;
  close: Cancel;
}

export function documentDesk(
  onDocument: (listener: (document: SeenDocument) => void) => Cancel,
): DocumentDesk {
  const waiting = new Map<string, Waiter>();
  return {
    wait(deviceId, waiter) {
      waiting.get(deviceId)?.emit('document:taken', { deviceId });
      waiting.set(deviceId, waiter);
      return () => {
        if (waiting.get(deviceId) === waiter) waiting.delete(deviceId);
      };
    },
    close: onDocument((document) => waiting.get(document.deviceId)?.emit('document:read', document)),
  };
}
