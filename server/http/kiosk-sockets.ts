/**
 * What a kiosk hears over the socket: that something has happened to the visit for which somebody waits at it, and the
 * identity card that is laid on its own reader while a screen asks for one.
 */
import type { DefaultEventsMap, Namespace, Server } from 'socket.io';
import type { Actor } from '../accounts/actor.ts';
import type { KioskDocument, SeenDocument } from '../contract/documents.ts';
import { type KioskToServer, type ServerToKiosk, visitWatch } from '../contract/socket.ts';
import type { KioskDevices } from '../kiosks/kiosk-devices.ts';
import type { AddressedNotice } from '../visits/visit-notices.ts';
import { answer, parsed } from './acks.ts';
import type { DocumentDesk } from './document-desk.ts';
import { limitEvents } from './limit-events.ts';

type Cancel = () => void;

export interface KioskSocketDeps {
  /** The paired kiosk of these headers; undefined for nobody's. */
  kioskOf(headers: Headers): Promise<Actor | undefined>;
  /** Rejects for a key that this kiosk has not sent. */
  visitOfKey(kioskId: string, key: string): Promise<string>;
  onVisit(listener: (notice: AddressedNotice) => void): Cancel;
  devices: KioskDevices;
  desk: Pick<DocumentDesk, 'wait'>;
  documentOf(seen: SeenDocument): Promise<KioskDocument>;
  clock: { monotonic(): number };
}

type Space = Namespace<KioskToServer, ServerToKiosk, DefaultEventsMap, { headers: Headers; kioskId: string }>;
type KioskSocket = Parameters<Parameters<Space['use']>[0]>[0];

/** Two pages of one kiosk, and those that have not been noticed to be gone. */
const mostOfKiosk = 4;
/** It watches one visit after another, and waits for a card on one screen after another. */
const mostPerMinute = 60;

/** @param headersOf what of a connection's request may be asked with; undefined for who asks too often */
export function attachKioskSockets(
  io: Pick<Server, 'of'>,
  deps: KioskSocketDeps,
  headersOf: (socket: KioskSocket) => Headers | undefined,
): void {
  // A space of its own: no account ever asks here, and no kiosk where accounts ask.
  const space = io.of('/kiosk') as unknown as Space;
  space.use((socket, next) => {
    enter(socket).then(
      () => next(),
      () => next(new Error('not-allowed')),
    );
  });
  space.on('connection', (socket) => serve(socket, deps));

  async function enter(socket: KioskSocket): Promise<void> {
    const headers = headersOf(socket);
    const kiosk = headers && (await deps.kioskOf(headers));
    if (!headers || !kiosk) throw new Error('not a kiosk');
    const own = [...space.sockets.values()].filter(({ data }) => data.kioskId === kiosk.accountId);
    if (own.length >= mostOfKiosk) throw new Error('too many');
    socket.data = { headers, kioskId: kiosk.accountId };
  }
}

function serve(socket: KioskSocket, deps: KioskSocketDeps): void {
  const { kioskOf, visitOfKey, onVisit, devices, desk, documentOf, clock } = deps;
  let cancel: Cancel = () => {};
  let cancelCard: Cancel = () => {};
  limitEvents(socket, mostPerMinute, clock);

  async function watch(key: string): Promise<boolean> {
    // Revoked meanwhile, it hears nothing more.
    const kiosk = await kioskOf(socket.data.headers);
    const visitId = kiosk && (await visitOfKey(kiosk.accountId, key));
    if (visitId === undefined || !socket.connected) return false;
    cancel();
    // No word of the visit itself: the kiosk asks how it stands.
    cancel = onVisit((notice) => {
      if (notice.visitId === visitId) socket.emit('visit:news');
    });
    return true;
  }

  async function waitForCard(): Promise<'yes' | 'no-reader' | 'not-allowed'> {
    const kiosk = await kioskOf(socket.data.headers);
    if (!kiosk || !socket.connected) return 'not-allowed';
    const kioskId = kiosk.accountId;
    const deviceId = devices.documentReaderOf(kioskId);
    cancelCard();
    let waits = true;
    const end = deviceId && desk.wait(deviceId, { kioskId, read, taken: () => cancelCard() });
    if (!end) return 'no-reader';
    cancelCard = () => {
      waits = false;
      end();
    };
    function read(seen: SeenDocument): void {
      // Paired anew meanwhile, it is another device that may know. What fails is as if no card had been laid on.
      Promise.all([kioskOf(socket.data.headers), documentOf(seen)]).then(
        ([still, document]) => {
          if (still && waits) socket.emit('document:read', document);
        },
        () => undefined,
      );
    }
    return 'yes';
  }

  socket.on('document:watch', (ack) => {
    waitForCard().then(
      (waits) =>
        answer(
          ack,
          waits === 'yes'
            ? { ok: true }
            : { ok: false, code: waits === 'no-reader' ? 'invalid-request' : 'not-allowed' },
        ),
      () => answer(ack, { ok: false, code: 'not-allowed' }),
    );
  });
  socket.on('visit:watch', (request, ack) => {
    const asked = parsed(visitWatch, request, ack);
    if (!asked) return;
    watch(asked.key).then(
      (watches) => answer(ack, watches ? { ok: true } : { ok: false, code: 'not-allowed' }),
      () => answer(ack, { ok: false, code: 'invalid-request' }),
    );
  });
  socket.on('disconnect', () => {
    cancel();
    cancelCard();
  });
}
