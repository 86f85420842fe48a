/** The live side of visits: their news. */
import type { Ack, ClientToServer, ServerToClient } from '../server/contract/socket.ts';
import type { VisitNotice } from '../server/contract/visits.ts';

type Cancel = () => void;

/** Undefined after each connection: something may have been missed. */
export type VisitListener = (notice: VisitNotice | undefined) => void;

export interface LiveVisits {
  onVisits(listener: VisitListener): Cancel;
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

  function watchVisits(): void {
    if (socket.connected && listeners.size > 0) socket.emit('visits:watch', refusedBy);
  }

  socket.on('visits:news', (notice) => {
    for (const listener of [...listeners]) listener(notice);
  });

  return {
    connected() {
      watchVisits();
      for (const listener of [...listeners]) listener(undefined);
    },
    onVisits(listener) {
      listeners.add(listener);
      if (listeners.size === 1) watchVisits();
      return () => listeners.delete(listener);
    },
  };
}
