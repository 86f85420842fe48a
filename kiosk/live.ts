/**
 * What the kiosk hears over the socket while it asks for it: news of the visit for which somebody waits, and the card
 * that is laid on its reader. The client comes with the first of them.
 */
import type { Socket } from 'socket.io-client';
import type { KioskDocument } from '../server/contract/documents.ts';
import type { KioskToServer, ServerToKiosk } from '../server/contract/socket.ts';

type Live = Socket<ServerToKiosk, KioskToServer>;

/** @returns ends it, and nothing is heard after that */
function connect(begin: (socket: Live) => void): () => void {
  let socket: Live | undefined;
  let ended = false;
  import('socket.io-client').then(
    ({ io }) => {
      if (ended) return;
      socket = io('/kiosk', { forceNew: true });
      begin(socket);
    },
    () => undefined,
  );
  return () => {
    ended = true;
    socket?.off();
    socket?.disconnect();
  };
}

/**
 * @param heard `news`: something has happened · `live`: whether news come by themselves from now on
 * @returns ends it
 */
export function watchVisit(
  key: string,
  heard: { news: () => void; live: (live: boolean) => void },
): () => void {
  return connect((socket) => {
    socket.on('connect', () => {
      socket.emit('visit:watch', { key }, ({ ok }) => {
        heard.live(ok);
        // What happened before it was watched is asked for once.
        if (ok) heard.news();
      });
    });
    socket.on('disconnect', () => heard.live(false));
    socket.on('visit:news', heard.news);
  });
}

/** Calls with each card that is laid on the kiosk's reader from now on. @returns ends it */
export function watchCards(read: (document: KioskDocument) => void): () => void {
  return connect((socket) => {
    socket.on('connect', () => socket.emit('document:watch', () => undefined));
    socket.on('document:read', read);
  });
}
