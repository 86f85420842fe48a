import { createServer, type Server as WebServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Socket as ClientSocket, io } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ManualClock, manualClock } from '../../hardware/sim/manual-clock.ts';
import type { Ended } from '../accounts/sessions.ts';
import { capabilitiesOf, role } from '../contract/capabilities.ts';
import type { SeenRead } from '../contract/devices.ts';
import type { SeenDocument } from '../contract/documents.ts';
import type { LoggedEvent } from '../contract/events.ts';
import type { LogRow } from '../contract/log.ts';
import { type ClientToServer, type ServerToClient, socketCapabilities } from '../contract/socket.ts';
import type { Subscriber } from '../events/live-feed.ts';
import { createLog } from '../log.ts';
import { openAtOnce } from './socket-limits.ts';
import { attachSockets, type Sockets } from './sockets.ts';
import { sessionByRole } from './test-http.ts';

type Client = ClientSocket<ServerToClient, ClientToServer>;

let web: WebServer;
let url: string;
let sockets: Sockets;
let clock: ManualClock;
let clients: Client[];
let subscribers: { subscriber: Subscriber; cancelled: boolean }[];
let signedOut: boolean;
const ended = new Set<(sessions: Ended) => void>();
const reads = new Set<(read: SeenRead) => void>();
const kiosksReaders = new Map<string, string>();
const documents = new Set<(document: SeenDocument) => void>();

beforeEach(async () => {
  [clients, subscribers, signedOut] = [[], [], false];
  clock = manualClock();
  web = createServer((_, response) => response.end());
  sockets = attachSockets(web, {
    accounts: {
      sessionOf: (headers) => (signedOut ? Promise.resolve({ cookies: [] }) : sessionByRole(headers)),
      onEnded(listener) {
        ended.add(listener);
        return () => void ended.delete(listener);
      },
    },
    feed: {
      subscribe(subscriber) {
        const entry = { subscriber, cancelled: false };
        subscribers.push(entry);
        return {
          start: 0,
          cancel: () => {
            entry.cancelled = true;
          },
        };
      },
    },
    rowOf: (event) => ({ event }),
    kiosks: {
      kioskOf: async () => undefined,
      visitOfKey: async () => '',
      devices: { ownerOf: (deviceId) => kiosksReaders.get(deviceId), documentReaderOf: () => undefined },
      documentOf: async () => ({ unread: 'refused' }),
    },
    states: {
      devices: () => [{ deviceId: 'd', state: 'online', since: 1, frames: 0, frameErrors: 0 }],
      lanes: () => [{ laneId: 'l', posture: 'controlled', released: false }],
      onProgress: () => () => {},
      onDevice: () => () => {},
      onLane: () => () => {},
    },
    onDocument(listener) {
      documents.add(listener);
      return () => void documents.delete(listener);
    },
    onVisit: () => () => {},
    onRead(listener) {
      reads.add(listener);
      return () => void reads.delete(listener);
    },
    clock,
    journal: createLog('silent'),
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const client of clients) client.disconnect();
  await sockets.close();
  web.closeAllConnections();
  await new Promise((resolve) => web.close(resolve));
});

function connect(cookie?: string, headers: Record<string, string> = {}): Client {
  const client: Client = io(url, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: { ...(cookie ? { cookie } : {}), ...headers },
  });
  clients.push(client);
  return client;
}
const connected = (client: Client) =>
  new Promise<string>((resolve) => {
    client.on('connect', () => resolve('connected'));
    client.on('connect_error', (error) => resolve(error.message));
  });
async function open(cookie: string): Promise<Client> {
  const client = connect(cookie);
  expect(await connected(client)).toBe('connected');
  return client;
}
const heard = <E extends keyof ServerToClient>(client: Client, event: E) =>
  new Promise<Parameters<ServerToClient[E]>[0]>((resolve) => {
    client.once(
      event as 'live:rows',
      ((payload: Parameters<ServerToClient[E]>[0]) => resolve(payload)) as never,
    );
  });
const closed = (client: Client) => new Promise<void>((resolve) => client.on('disconnect', () => resolve()));

function ask(client: Client, event: keyof typeof socketCapabilities, payload?: unknown) {
  const loose = client as unknown as { emitWithAck(...args: unknown[]): Promise<unknown> };
  const usual = {
    'live:subscribe': { cursor: 0 },
    'reads:watch': { deviceId: null },
    'document:watch': { deviceId: 'd' },
  }[event as string];
  const sent = payload ?? usual;
  return sent === undefined ? loose.emitWithAck(event) : loose.emitWithAck(event, sent);
}
const passage = (seq: number) => ({ seq, type: 'system.stopped', data: {} }) as LoggedEvent;

describe('a connection', () => {
  it.each([
    ['without a session', undefined, 'not-signed-in'],
    ['with a bad session', 'nonsense', 'not-signed-in'],
    ['with a temporary password', 'guard!', 'not-allowed'],
    ['with a session', 'guard', 'connected'],
  ])('%s', async (_, cookie, outcome) => {
    expect(await connected(connect(cookie))).toBe(outcome);
  });

  it('is not made from a page of another site', async () => {
    expect(await connected(connect('guard', { origin: 'https://evil.example' }))).not.toBe('connected');
    expect(await connected(connect('guard', { origin: url }))).toBe('connected');
  });

  it('is not made more often than a person needs', async () => {
    for (let n = 0; n < 20; n++) await open('guard');
    expect(await connected(connect('guard'))).toBe('too-many-requests');
    expect(await connected(connect('auditor'))).toBe('connected');
  });

  it('of one account is bounded over all its sessions', async () => {
    for (let n = 0; n < openAtOnce.account; n++) await open(`guard;${n}`);
    expect(await connected(connect('guard;60'))).toBe('too-many-requests');
  });

  it('ends with its session, and tells so; those of others stay', async () => {
    const [guard, auditor] = [await open('guard'), await open('auditor')];
    const told = heard(guard, 'live:dropped');
    const over = closed(guard);
    for (const listener of ended) listener({ accountId: 'auditor-id', only: 'another-session' });
    for (const listener of ended) listener({ accountId: 'guard-id' });
    expect(await told).toBe('session-ended');
    await over;
    expect(auditor.connected).toBe(true);
  });

  it('ends within a minute when the session has run out', async () => {
    const guard = await open('guard');
    await ask(guard, 'states:watch');
    const over = closed(guard);
    signedOut = true;
    await clock.advanceAsync(60_000);
    await over;
  });

  it('ends when it says too much', async () => {
    const guard = await open('guard');
    const over = closed(guard);
    for (let n = 0; n < 130; n++) guard.emit('live:unsubscribe');
    await over;
  });
});

describe.each(role.options)('the role %s', (held) => {
  it.each(Object.entries(socketCapabilities) as [keyof typeof socketCapabilities, never][])(
    'asks for %s',
    async (event, needed) => {
      const client = await open(held);
      const allowed = capabilitiesOf[held].includes(needed);
      expect(await ask(client, event)).toEqual(allowed ? { ok: true } : { ok: false, code: 'not-allowed' });
      if (event === 'live:subscribe') expect(subscribers).toHaveLength(allowed ? 1 : 0);
      if (event === 'reads:watch') expect(reads.size).toBe(allowed ? 1 : 0);
    },
  );
});

describe('a document on a reader', () => {
  const lay = (deviceId: string) => {
    for (const listener of documents) listener({ deviceId, at: 1, idKind: 'resident-id', name: '测试' });
  };

  it('goes to the one screen that asked last for this reader, and to nobody else', async () => {
    const told: string[] = [];
    const guards = [await open('guard;1'), await open('guard;2'), await open('guard;3')];
    guards.forEach((client, index) => {
      client.on('document:read', ({ deviceId }) => told.push(`${index} reads ${deviceId}`));
      client.on('document:taken', ({ deviceId }) => told.push(`${index} loses ${deviceId}`));
    });
    const [first, second, third] = guards;
    if (!first || !second || !third) throw new Error('three of them');
    lay('desk');
    await ask(first, 'document:watch', { deviceId: 'desk' });
    await ask(third, 'document:watch', { deviceId: 'other' });
    lay('desk');
    await ask(second, 'document:watch', { deviceId: 'desk' });
    lay('desk');
    await vi.waitFor(() => expect(told).toHaveLength(3));
    expect(told.toSorted()).toEqual(['0 loses desk', '0 reads desk', '1 reads desk']);
  });

  it('goes to no desk from a reader that is a kiosk’s, nor from one that has become a kiosk’s', async () => {
    const told: string[] = [];
    const desk = await open('guard;1');
    desk.on('document:read', ({ deviceId }) => told.push(deviceId));
    kiosksReaders.set('lobby', 'kiosk-1');
    expect(await ask(desk, 'document:watch', { deviceId: 'lobby' })).toEqual({
      ...{ ok: false, code: 'not-allowed' },
    });
    lay('lobby');
    expect(await ask(desk, 'document:watch', { deviceId: 'desk' })).toEqual({ ok: true });
    kiosksReaders.set('desk', 'kiosk-1');
    lay('desk');
    kiosksReaders.clear();
    lay('desk');
    await vi.waitFor(() => expect(told).toEqual(['desk']));
  });

  it('is for nobody once the screen looks away, is gone, or has lost the reader', async () => {
    const told: string[] = [];
    const [first, second] = [await open('guard;1'), await open('guard;2')];
    for (const client of [first, second]) client.on('document:read', ({ deviceId }) => told.push(deviceId));
    await ask(first, 'document:watch', { deviceId: 'desk' });
    await ask(second, 'document:watch', { deviceId: 'desk' });
    // What the first has lost it can't give away.
    first.emit('document:unwatch');
    await ask(first, 'states:watch');
    lay('desk');
    await vi.waitFor(() => expect(told).toEqual(['desk']));
    second.emit('document:unwatch');
    await ask(second, 'states:watch');
    lay('desk');
    await ask(second, 'document:watch', { deviceId: 'desk' });
    lay('other');
    second.disconnect();
    await ask(first, 'states:watch');
    lay('desk');
    await ask(first, 'states:watch');
    expect(told).toEqual(['desk']);
  });
});

describe('the live feed', () => {
  it('sends the next rows when the last were acknowledged', async () => {
    const client = await open('guard');
    await ask(client, 'live:subscribe', { cursor: 41 });
    expect(subscribers[0]?.subscriber.cursor).toBe(41);
    const acks: (() => void)[] = [];
    const seqs: number[] = [];
    client.on('live:rows', (rows: LogRow[], ack) => {
      seqs.push(...rows.map(({ event }) => event.seq));
      acks.push(ack);
    });
    let done = false;
    const sent = subscribers[0]?.subscriber.send([passage(42), passage(43)]).then(() => {
      done = true;
    });
    await vi.waitFor(() => expect(seqs).toEqual([42, 43]));
    expect(done).toBe(false);
    acks[0]?.();
    await sent;
    expect(done).toBe(true);
  });

  it('takes null for from now on', async () => {
    await ask(await open('guard'), 'live:subscribe', { cursor: null });
    expect(subscribers[0]?.subscriber.cursor).toBe('now');
  });

  it('runs once per socket, and ends with it', async () => {
    const client = await open('guard');
    await ask(client, 'live:subscribe');
    await ask(client, 'live:subscribe', { cursor: 5 });
    expect(subscribers.map(({ cancelled }) => cancelled)).toEqual([true, false]);
    client.disconnect();
    await vi.waitFor(() => expect(subscribers[1]?.cancelled).toBe(true));
  });

  it('fails to send to a screen that is gone', async () => {
    const client = await open('guard');
    await ask(client, 'live:subscribe');
    const sent = subscribers[0]?.subscriber.send([passage(1)]);
    client.disconnect();
    await expect(sent).rejects.toThrow();
  });

  it('tells why it was dropped', async () => {
    const client = await open('guard');
    await ask(client, 'live:subscribe');
    for (const [reason, word] of [
      ['slow', 'slow'],
      ['send-failed', 'slow'],
      ['unknown-cursor', 'unknown-cursor'],
    ] as const) {
      const told = heard(client, 'live:dropped');
      subscribers[0]?.subscriber.onDropped(reason);
      expect(await told).toBe(word);
    }
  });

  it.each([[{ cursor: -1 }], [{ cursor: '7' }], [{}], [null], ['x']])(
    'refuses the request %j',
    async (request) => {
      const client = await open('guard');
      const loose = client as unknown as { emitWithAck(...args: unknown[]): Promise<unknown> };
      expect(await loose.emitWithAck('live:subscribe', request)).toEqual({
        ok: false,
        code: 'invalid-request',
      });
      expect(subscribers).toEqual([]);
    },
  );

  it('survives a client that sends no acknowledgement', async () => {
    const client = await open('guard');
    (client as unknown as { emit(...args: unknown[]): void }).emit(
      'live:subscribe',
      { cursor: 3 },
      'no function',
    );
    (client as unknown as { emit(...args: unknown[]): void }).emit('states:watch');
    await vi.waitFor(() => expect(subscribers).toHaveLength(1));
    expect(client.connected).toBe(true);
  });
});

describe('states and reads', () => {
  it('tells the present states at once', async () => {
    const client = await open('guard');
    const told = Promise.all([heard(client, 'states:devices'), heard(client, 'states:lanes')]);
    await ask(client, 'states:watch');
    expect(await told).toEqual([
      [expect.objectContaining({ deviceId: 'd', state: 'online' })],
      [expect.objectContaining({ laneId: 'l' })],
    ]);
  });

  it('tells the reads of the device that is looked at', async () => {
    const client = await open('administrator');
    await ask(client, 'reads:watch', { deviceId: 'desk' });
    const told = heard(client, 'reads:read');
    const read = (deviceId: string) => ({ deviceId, reader: 0, at: 1, printed: [] });
    for (const listener of reads) listener(read('gate'));
    for (const listener of reads) listener(read('desk'));
    expect(await told).toMatchObject({ deviceId: 'desk' });
    client.emit('reads:unwatch');
    await vi.waitFor(() => expect(reads.size).toBe(0));
  });

  it('tells so many reads a second and no more, however a reader chatters', async () => {
    const client = await open('administrator');
    await ask(client, 'reads:watch', { deviceId: null });
    const told: number[] = [];
    client.on('reads:read', ({ at }) => told.push(at));
    const burst = (from: number) => {
      for (let at = from; at < from + 500; at++)
        for (const listener of reads) listener({ deviceId: 'd', reader: 0, at, printed: [] });
    };
    burst(0);
    clock.advance(1000);
    burst(1000);
    await ask(client, 'states:watch');
    expect(told).toHaveLength(40);
    expect(told[20]).toBe(1000);
  });

  it('says that the server is stopping', async () => {
    const client = await open('guard');
    const told = heard(client, 'live:dropped');
    const over = closed(client);
    await sockets.close();
    expect(await told).toBe('server-stopping');
    await over;
  });
});
