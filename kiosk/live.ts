/** News of the visit for which somebody waits, over the socket while it stands; the client comes with the first wait. */
import type { Socket } from 'socket.io-client';
import type { KioskToServer, ServerToKiosk } from '../server/contract/socket.ts';

/**
 * @param heard `news`: something has happened · `live`: whether news come by themselves from now on
 * @returns ends it
 */
export function watchVisit(
  key: string,
  heard: { news: () => void; live: (live: boolean) => void },
): () => void {
  let socket: Socket<ServerToKiosk, KioskToServer> | undefined;
  let ended = false;
  import('socket.io-client').then(
    ({ io }) => {
      if (ended) return;
      const opened: typeof socket = io('/kiosk', { forceNew: true });
      socket = opened;
      opened.on('connect', () => {
        opened.emit('visit:watch', { key }, ({ ok }) => {
          if (ended) return;
          heard.live(ok);
          // What happened before it was watched is asked for once.
          if (ok) heard.news();
        });
      });
      opened.on('disconnect', () => !ended && heard.live(false));
      opened.on('visit:news', heard.news);
    },
    () => undefined,
  );
  return () => {
    ended = true;
    socket?.disconnect();
  };
}
