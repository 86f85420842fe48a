/** The live feed as screens get it: real sockets, real sessions, a real log behind them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../server/contract/capabilities.ts';
import type { NewEvent } from '../server/contract/events.ts';
import type { LogRow } from '../server/contract/log.ts';
import type { DropReason } from '../server/contract/socket.ts';
import { administrator, cookieClient, startCampus, type TestCampus } from './harness.ts';
import {
  connected,
  cookieHeader,
  disconnected,
  type LiveSocket,
  liveSocket,
  subscribe,
} from './live-socket.ts';
import { ids } from './small-school.ts';

let campus: TestCampus;
let sockets: LiveSocket[];
beforeEach(async () => {
  sockets = [];
  campus = await startCampus({ doors: false });
});
afterEach(async () => {
  for (const socket of sockets) socket.disconnect();
  await campus.close();
});

async function open(role: Exclude<Role, 'kiosk'>): Promise<LiveSocket> {
  const socket = liveSocket(campus.url, cookieHeader(await campus.browserCookies(role)));
  sockets.push(socket);
  await connected(socket);
  return socket;
}

const refused = (n: number): NewEvent => ({
  type: 'passage.denied',
  data: {
    gateId: ids.gate,
    laneId: ids.lane,
    readerId: 'reader-in',
    direction: 'in',
    reason: 'unknown-credential',
    readKey: `wiegand:32:${String(n).padStart(8, '0')}`,
  },
});

/** Rows as they come, each acknowledged; `until` resolves when the row with that number is there. */
function collect(socket: LiveSocket) {
  const rows: LogRow[] = [];
  let look = (): void => undefined;
  socket.on('live:rows', (more, ack) => {
    rows.push(...more);
    ack();
    look();
  });
  const until = (seq: number) =>
    new Promise<void>((resolve) => {
      look = () => {
        if ((rows.at(-1)?.event.seq ?? 0) >= seq) resolve();
      };
      look();
    });
  return { rows, until };
}

const dropped = (socket: LiveSocket) =>
  new Promise<DropReason>((resolve) => socket.once('live:dropped', resolve));
const head = () => campus.app.campus.events.head().seq;

describe('rows', () => {
  it('reach all who look on, the same ones, with names and in order', async () => {
    const screens = await Promise.all([
      open('administrator'),
      open('administrator'),
      open('guard'),
      open('auditor'),
    ]);
    const seen = screens.map(collect);
    for (const socket of screens) expect(await subscribe(socket, null)).toEqual({ ok: true });
    const from = head();
    await campus.swipe('ok');
    await campus.clock.advanceAsync(2000);
    await campus.swipe('lost');
    await campus.app.campus.settled();
    await Promise.all(seen.map(({ until }) => until(head())));
    const [first] = seen;
    const story = first?.rows.map(({ event: { seq, type }, cardholder, lane }) => [
      seq - from,
      type,
      cardholder?.name,
      lane,
    ]);
    expect(story).toEqual([
      [1, 'passage.granted', 'Person ok', 'Lane 1'],
      [2, 'passage.outcome', 'Person ok', 'Lane 1'],
      [3, 'passage.denied', 'Person lost', 'Lane 1'],
    ]);
    for (const { rows } of seen) expect(rows).toEqual(first?.rows);
  });

  it('have no gap and no duplicate through interruptions at any moment', async () => {
    const count = 500;
    const start = head();
    const last = start + count;
    const cookie = cookieHeader(await campus.browserCookies('administrator'));
    const { events } = campus.app.campus;
    const records: Promise<unknown>[] = [];
    const pour = (most: number) => {
      for (let n = 0; n < most && records.length < count; n++) {
        records.push(events.append(refused(records.length)));
      }
    };

    const seqs: number[] = [];
    let interruptions = 0;
    let left = 1;
    while ((seqs.at(-1) ?? start) < last) {
      const socket = liveSocket(campus.url, cookie);
      sockets.push(socket);
      pour(3);
      await connected(socket);
      // Numbers that come in no order, the same in every run.
      left = (left * 37 + 11) % 61;
      let take = left + 1;
      const over = disconnected(socket);
      socket.on('live:rows', (rows, ack) => {
        if (take <= 0) return;
        pour(5);
        take -= rows.length;
        seqs.push(...rows.map(({ event }) => event.seq));
        // Sometimes the cable goes before the acknowledgement, sometimes after it.
        if (take > 0 || interruptions % 2 === 0) ack();
        if (take <= 0 || (seqs.at(-1) ?? 0) >= last) socket.disconnect();
      });
      const asked = subscribe(socket, seqs.at(-1) ?? start);
      pour(4);
      expect(await asked).toEqual({ ok: true });
      pour(1);
      await over;
      interruptions += 1;
    }
    await Promise.all(records);
    expect(seqs).toEqual(Array.from({ length: count }, (_, index) => start + 1 + index));
    expect(interruptions).toBeGreaterThan(10);
  });

  it('end for one that does not keep up, which is told so and goes on where it stood', async () => {
    const slow = await open('guard');
    const quick = await open('administrator');
    const seen = collect(quick);
    const start = head();
    let heard = 0;
    slow.on('live:rows', () => {
      heard += 1;
    });
    const first = new Promise<void>((resolve) => slow.once('live:rows', () => resolve()));
    await subscribe(slow, null);
    await subscribe(quick, null);
    for (let n = 0; n < 3; n++) await campus.app.campus.events.append(refused(n));
    await first;
    const told = dropped(slow);
    await campus.clock.advanceAsync(5000);
    expect(await told).toBe('slow');
    await campus.app.campus.events.append(refused(3));
    await seen.until(head());
    // It held up nobody but itself, and got nothing more before it came back.
    expect(seen.rows.map(({ event }) => event.seq - start)).toEqual([1, 2, 3, 4]);
    expect(heard).toBe(1);
    slow.off('live:rows');
    const again = collect(slow);
    expect(await subscribe(slow, start)).toEqual({ ok: true });
    await again.until(head());
    expect(again.rows).toEqual(seen.rows);
  });

  it('go on after a restart of the server, for the same session', async () => {
    const before = await open('guard');
    const { rows, until } = collect(before);
    await subscribe(before, null);
    const start = head();
    await campus.swipe('ok');
    await until(start + 1);
    const told = dropped(before);
    await campus.restart();
    expect(await told).toBe('server-stopping');
    const seen = rows.at(-1)?.event.seq ?? 0;
    const after = await open('guard');
    const next = collect(after);
    await subscribe(after, seen);
    await next.until(head());
    expect(next.rows[0]?.event.seq).toBe(seen + 1);
    expect(next.rows.map(({ event }) => event.type)).toContain('system.started');
  });

  it('are refused with a cursor of another log', async () => {
    const socket = await open('guard');
    const told = dropped(socket);
    expect(await subscribe(socket, head() + 1000)).toEqual({ ok: true });
    expect(await told).toBe('unknown-cursor');
  });
});

describe('who may look on', () => {
  it('nobody without a session', async () => {
    const socket = liveSocket(campus.url);
    sockets.push(socket);
    await expect(connected(socket)).rejects.toThrow('not-signed-in');
  });

  it('nobody whose role does not say so', async () => {
    const host = await open('host');
    const told: unknown[] = [];
    host.onAny((...message) => told.push(message));
    const no = { ok: false, code: 'not-allowed' };
    expect(await subscribe(host, 0)).toEqual(no);
    expect(await host.emitWithAck('states:watch')).toEqual(no);
    expect(await host.emitWithAck('reads:watch', { deviceId: null })).toEqual(no);
    const guard = await open('guard');
    expect(await guard.emitWithAck('reads:watch', { deviceId: null })).toEqual(no);
    const seen = collect(guard);
    await subscribe(guard, null);
    await campus.swipe('ok');
    await seen.until(head());
    expect(told).toEqual([]);
  });

  it.each([
    ['is suspended', { suspended: true }],
    ['gets another role', { role: 'host' as const }],
  ])('nobody whose account %s, from that moment', async (_, patch) => {
    const admin = await campus.as('administrator');
    const socket = await open('guard');
    const seen = collect(socket);
    await subscribe(socket, null);
    const told = dropped(socket);
    const over = disconnected(socket);
    const guard = (await admin('accounts.list')).find(({ username }) => username === 'test-guard');
    await admin('accounts.change', { params: { id: guard?.id ?? '' }, body: { ...patch, reason: 'a test' } });
    expect(await told).toBe('session-ended');
    await over;
    const { length } = seen.rows;
    await campus.swipe('ok');
    expect(seen.rows).toHaveLength(length);
  });

  it('nobody who has signed out, while another session of the account goes on', async () => {
    const other = cookieClient(campus.url);
    await other.client('session.start', { body: administrator });
    const [leaves, stays] = [liveSocket(campus.url, other.cookie()), await open('administrator')];
    sockets.push(leaves);
    await connected(leaves);
    const told = dropped(leaves);
    await other.client('session.end');
    expect(await told).toBe('session-ended');
    const seen = collect(stays);
    await subscribe(stays, null);
    await campus.swipe('ok');
    await seen.until(head());
    expect(stays.connected).toBe(true);
  });
});
