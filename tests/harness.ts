/**
 * A whole campus for a test: the real server on a free port of the loopback, a migrated temporary store, simulated
 * hardware that speaks bytes, a clock that the test moves.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCredentialKey } from '../hardware/credential.ts';
import type { Clock } from '../hardware/ports.ts';
import { type ManualClock, manualClock } from '../hardware/sim/manual-clock.ts';
import { type AppParts, type RunningApp, startApp } from '../server/app.ts';
import type { Role } from '../server/contract/capabilities.ts';
import { type Client, createClient } from '../server/contract/client.ts';
import type { EventType, LoggedEvent } from '../server/contract/events.ts';
import { createLog } from '../server/log.ts';
import { type CardName, cards, fillSmallSchool, ids, type SmallSchoolOptions } from './small-school.ts';

export interface TestCampus<C extends Clock = ManualClock> {
  readonly app: RunningApp;
  readonly url: string;
  readonly clock: C;
  readonly dataDir: string;
  /** A client signed in with an account of this role, made when first asked for. */
  as(role: Exclude<Role, 'kiosk'>): Promise<Client>;
  /** A client that has signed in nowhere. */
  readonly anyone: Client;
  /** The session of that role's account, for a browser context. */
  browserCookies(role: Exclude<Role, 'kiosk'>): Promise<{ name: string; value: string; url: string }[]>;
  /** Holds a card to a simulated reader; resolves when the swipe is recorded and the relay has been told. */
  swipe(card: CardName | string, deviceId?: string): Promise<void>;
  /** All events so far, of these types if given. */
  events(...types: EventType[]): Promise<LoggedEvent[]>;
  /** Stops the server, if it runs, and starts it on the same store. */
  restart(): Promise<void>;
  /** Stops the server; its data stay where they are until `close`. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

export interface CampusOptions<C extends Clock = ManualClock> extends SmallSchoolOptions {
  clock?: C;
  /** `small` (the default), `sample`, or `none`: not set up. */
  school?: 'small' | 'sample' | 'none';
  demo?: boolean;
  /** Multiplies every rate limit; 1000 unless a test is about them. */
  rateFactor?: number;
  /** Stand-ins for the real links. */
  openers?: AppParts['openers'];
}

export const administrator = {
  name: 'Test Administrator',
  username: 'admin',
  password: 'correct horse battery',
};
const log = createLog('silent');

/** A Tuesday in term at 07:30 in Shanghai, unless a clock is given. */
export async function startCampus(options?: CampusOptions): Promise<TestCampus>;
export async function startCampus<C extends Clock>(
  options: CampusOptions<C> & { clock: C },
): Promise<TestCampus<C>>;
export async function startCampus(options: CampusOptions<Clock> = {}): Promise<TestCampus<Clock>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'xiaomen-test-'));
  const clock = options.clock ?? manualClock(Date.UTC(2026, 8, 1, 23, 30));
  const start = () =>
    startApp({
      config: { dataDir, port: 0, host: '127.0.0.1', logLevel: 'silent', demo: options.demo ?? false },
      clock,
      log,
      projectRoot: process.cwd(),
      rateFactor: options.rateFactor ?? 1000,
      ...(options.openers ? { openers: options.openers } : {}),
    });
  let app = await start();
  const cookies = new Map<Role, string>();

  async function setUp(): Promise<void> {
    const { school = 'small' } = options;
    if (school === 'none') return;
    const token = new URLSearchParams(new URL(app.setupUrl ?? '').hash.slice(1)).get('token') ?? '';
    const jar = cookieClient(app.url);
    await jar.client('setup.run', {
      body: {
        token,
        schoolName: school === 'sample' ? '示例实验学校' : 'Small School',
        timeZone: 'Asia/Shanghai',
        language: school === 'sample' ? 'zh-CN' : 'en',
        administrator,
        start: school === 'sample' ? 'sample' : 'empty',
      },
    });
    cookies.set('administrator', jar.cookie());
    if (school === 'small') {
      await app.campus.db.transaction((tx) => fillSmallSchool(tx, options));
      await restart();
    }
  }

  let running = true;
  async function stop(): Promise<void> {
    if (running) await app.close();
    running = false;
  }

  async function restart(): Promise<void> {
    await stop();
    app = await start();
    running = true;
  }

  async function cookie(role: Role): Promise<string> {
    const known = cookies.get(role);
    if (known) return known;
    const boss = cookieClient(app.url, await cookie('administrator'));
    const added = await boss.client('accounts.add', {
      body: { name: `Test ${role}`, username: `test-${role}`, role: role as Exclude<Role, 'kiosk'> },
    });
    const jar = cookieClient(app.url);
    const password = { first: added.temporaryPassword, own: `own password of ${role}` };
    await jar.client('session.start', { body: { username: `test-${role}`, password: password.first } });
    await jar.client('session.change-password', { body: { current: password.first, next: password.own } });
    cookies.set(role, jar.cookie());
    return jar.cookie();
  }

  await setUp().catch(async (error: unknown) => {
    await app.close();
    throw error;
  });

  return {
    get app() {
      return app;
    },
    get url() {
      return app.url;
    },
    clock,
    dataDir,
    get anyone() {
      return cookieClient(app.url).client;
    },
    browserCookies: async (role) =>
      pairsOf(await cookie(role)).map(([name, value]) => ({ name, value, url: app.url })),
    as: async (role) => cookieClient(app.url, await cookie(role)).client,
    async swipe(card, deviceId = ids.readerIn) {
      const credential = parseCredentialKey(card in cards ? cards[card as CardName] : card);
      const device = app.campus.hardware.simulated(deviceId);
      if (!credential || !device?.present) throw new Error(`cannot present ${card} to ${deviceId}`);
      const read = new Promise<void>((resolve) => {
        const cancel = app.campus.hardware.on('read', () => {
          cancel();
          resolve();
        });
      });
      device.present(credential);
      await read;
      await app.campus.swipesDone();
    },
    async events(...types) {
      return app.campus.events.readAfter(0, 10_000, types.length > 0 ? types : undefined);
    },
    restart,
    stop,
    async close() {
      await stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A client that keeps its cookies, as a browser does. */
export function cookieClient(url: string, start = ''): { client: Client; cookie(): string } {
  const jar = new Map(pairsOf(start));
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const client = createClient(url, async (input, init) => {
    const response = await fetch(input, {
      ...init,
      headers: { ...init?.headers, origin: url, cookie: cookie() },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const name = pair.slice(0, pair.indexOf('='));
      if (attributes.some((each) => /max-age=0/i.test(each.trim()))) jar.delete(name);
      else jar.set(name, pair.slice(pair.indexOf('=') + 1));
    }
    return response;
  });
  return { client, cookie };
}

function pairsOf(cookies: string): [name: string, value: string][] {
  return cookies
    .split('; ')
    .filter((pair) => pair !== '')
    .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]);
}
