import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AccountsBench, accountsBench } from '../accounts/test-accounts.ts';
import { ApiError, type Client, createClient } from '../contract/client.ts';
import { createSetupToken } from '../school/setup-token.ts';
import { accountHandlers } from './handlers/accounts.ts';
import { frontHandlers } from './handlers/front.ts';
import { schoolHandlers } from './handlers/school.ts';
import { serve, stubHandlers } from './test-http.ts';

/** Browsers against real accounts: set up, sign in, lose access. */
let bench: AccountsBench;
let server: Awaited<ReturnType<typeof serve>>;
let setupText: string;
let started = 0;

beforeEach(async () => {
  bench = await accountsBench();
  const { accounts, log, db } = bench;
  const { text, token } = createSetupToken();
  setupText = text;
  started = 0;
  server = await serve({
    sessionOf: accounts.sessionOf,
    handlers: {
      ...stubHandlers(() => {}),
      ...accountHandlers(accounts),
      ...schoolHandlers({ reader: db.reader, log }),
      ...frontHandlers({
        reader: db.reader,
        accounts,
        setUp: { log, token, writeVisitorTypes: async () => [], loadSampleSchool: async () => [] },
        afterSetUp: async () => void started++,
        demo: false,
        version: '1.2.3',
        now: () => 42,
      }),
    },
  });
});
afterEach(async () => {
  await server.close();
  await bench.close();
});

/** A browser of its own: keeps its cookies, drops those that the server clears. */
function browser(): Client & { cookie(): string } {
  const jar = new Map<string, string>();
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const fetcher: typeof fetch = async (input, init) => {
    const response = await fetch(input, { ...init, headers: { ...init?.headers, cookie: cookie() } });
    for (const each of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
      if (/max-age=0/i.test(each)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
  return Object.assign(createClient(server.base, fetcher), { cookie });
}

const administrator = {
  name: 'Test Administrator',
  username: 'admin',
  password: 'a long enough password',
};
const school = { schoolName: 'Example Middle School', timeZone: 'Asia/Shanghai', language: 'en' } as const;
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof ApiError ? error.code : Promise.reject(error)),
  );
async function setUp(): Promise<ReturnType<typeof browser>> {
  const client = browser();
  await client('setup.run', { body: { token: setupText, ...school, administrator, start: 'empty' } });
  return client;
}

describe('a fresh server', () => {
  it('is set up by its link, once, and signs the administrator in', async () => {
    const client = browser();
    expect(await client('front.get')).toEqual({ demo: false, version: '1.2.3', now: 42 });
    expect(await client('setup.check', { query: { token: 'guess' } })).toEqual({ valid: false });
    expect(await client('setup.check', { query: { token: setupText } })).toEqual({ valid: true });
    const session = await client('setup.run', {
      body: { token: setupText, ...school, administrator, start: 'empty' },
    });
    expect(session.account).toMatchObject({ name: 'Test Administrator', role: 'administrator' });
    expect(started).toBe(1);
    expect((await client('session.get')).account).toEqual(session.account);
    expect(await client('school.get')).toMatchObject({ name: 'Example Middle School', sample: false });
    expect((await client('front.get')).school?.name).toBe('Example Middle School');
    expect(await client('setup.check', { query: { token: setupText } })).toEqual({ valid: false });
    const again = client('setup.run', {
      body: { token: setupText, ...school, administrator, start: 'empty' },
    });
    expect(await codeOf(again)).toBe('already-set-up');
  });

  it('is well', async () => {
    expect(await browser()('health.get')).toEqual({ status: 'ok', version: '1.2.3' });
  });
});

describe('a person', () => {
  it('signs in and out', async () => {
    await setUp();
    const client = browser();
    expect(await codeOf(client('session.get'))).toBe('not-signed-in');
    expect(await codeOf(client('session.start', { body: { username: 'admin', password: 'no' } }))).toBe(
      'bad-credentials',
    );
    await client('session.start', { body: administrator });
    const { cookie } = client;
    const kept = cookie();
    expect(kept).not.toBe('');
    await client('session.end');
    expect(cookie()).toBe('');
    const stolen = await server.fetch('/api/session', { headers: { cookie: kept } });
    expect(stolen.status).toBe(401);
  });

  it('chooses a password before anything else, and loses everything when suspended', async () => {
    const admin = await setUp();
    const added = await admin('accounts.add', {
      body: { name: 'Test Guard', username: 'guard', role: 'guard' },
    });
    const guard = browser();
    const session = await guard('session.start', {
      body: { username: 'guard', password: added.temporaryPassword },
    });
    expect(session.mustChangePassword).toBe(true);
    expect(await codeOf(guard('campus.get'))).toBe('not-allowed');
    await guard('session.change-password', {
      body: { current: added.temporaryPassword, next: 'a password of my own' },
    });
    expect(await codeOf(guard('campus.get'))).toBe('done');
    expect(await codeOf(guard('accounts.list'))).toBe('not-allowed');
    await admin('accounts.change', {
      params: { id: added.account.id },
      body: { suspended: true, reason: 'a test' },
    });
    expect(await codeOf(guard('campus.get'))).toBe('not-signed-in');
  });

  it('keeps the session by asking for it, and by nothing else', async () => {
    await setUp();
    const client = browser();
    await client('session.start', { body: administrator });
    const { db } = bench;
    const expiresAt = new Date(Date.now() + 60_000);
    await db.exclusive((writer) => writer.session.updateMany({ data: { expiresAt } }));
    const ends = async () => (await db.reader.session.findMany()).map((each) => each.expiresAt.getTime());
    const old = await ends();
    await client('school.get');
    await client('accounts.list');
    expect(await ends()).toEqual(old);
    expect((await client('session.get')).expiresAt).toBeGreaterThan(Date.now() + 11 * 3_600_000);
    expect(await ends()).not.toEqual(old);
  });

  it('is kept out by an address that guesses too fast', async () => {
    await setUp();
    const client = browser();
    const guess = () => codeOf(client('session.start', { body: { username: 'admin', password: 'no' } }));
    const codes: string[] = [];
    for (let n = 0; n < 6; n++) codes.push(await guess());
    expect(codes).toEqual([...Array(5).fill('bad-credentials'), 'too-many-requests']);
  });
});
