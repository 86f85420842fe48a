/** The live side of visits: their news, and the identity documents laid on one reader. */
import type { SeenDocument } from '../server/contract/documents.ts';
import type { Ack, ClientToServer, ServerToClient } from '../server/contract/socket.ts';
import type { VisitNotice } from '../server/contract/visits.ts';

type Cancel = () => void;

/** Undefined after each connection: something may have been missed. */
export type VisitListener = (notice: VisitNotice | undefined) => void;
/** A document, or that another screen has taken the reader. */
export type DocumentListener = (told: SeenDocument | 'taken') => void;

export interface LiveVisits {
  onVisits(listener: VisitListener): Cancel;
  /** For one listener at a time; asked again, the reader is taken back from another screen. */
  onDocument(deviceId: string, listener: DocumentListener): Cancel;
}

/** What is used of the socket. */
interface Socket {
  readonly connected: boolean;
  on<E extends keyof ServerToClient>(event: E, listener: ServerToClient[E]): unknown;
  emit<E extends keyof ClientToServer>(event: E, ...args: Parameters<ClientToServer[E]>): unknown;
}

export function liveVisits(
  socket: Socket,
  refusedBy: (answer: Ack) => void,
): LiveVisits & { connected(): void } {
  const listeners = new Set<VisitListener>();
  let waiting: { deviceId: string; listener: DocumentListener } | undefined;

  function watchVisits(): void {
    if (socket.connected && listeners.size > 0) socket.emit('visits:watch', refusedBy);
  }

  function watchDocuments(): void {
    if (!socket.connected) return;
    if (waiting) socket.emit('document:watch', { deviceId: waiting.deviceId }, refusedBy);
    else socket.emit('document:unwatch');
  }

  socket.on('visits:news', (notice) => {
    for (const listener of [...listeners]) listener(notice);
  });
  socket.on('document:read', (document) => {
    if (document.deviceId === waiting?.deviceId) waiting.listener(document);
  });
  socket.on('document:taken', ({ deviceId }) => {
    if (deviceId === waiting?.deviceId) waiting.listener('taken');
  });

  return {
    connected() {
      watchVisits();
      for (const listener of [...listeners]) listener(undefined);
      if (waiting) watchDocuments();
    },
    onVisits(listener) {
      listeners.add(listener);
      if (listeners.size === 1) watchVisits();
      return () => listeners.delete(listener);
    },
    onDocument(deviceId, listener) {
      const mine = { deviceId, listener };
      waiting = mine;
      watchDocuments();
      return () => {
        if (waiting !== mine) return;
        waiting = undefined;
        watchDocuments();
      };
    },
  };
}
