import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RequestError, StoreFault } from '../errors.ts';
import { createLog } from '../log.ts';
import { openAccounts } from './accounts.ts';
import { type AccountsBench, accountsBench, firstAdministrator, origin } from './test-accounts.ts';

let bench: AccountsBench;
let adminId: string;
const adminLogin = { username: 'admin', password: 'a long enough password' };

beforeEach(async () => {
  bench = await accountsBench();
  adminId = await firstAdministrator(bench);
});
afterEach(() => bench.close());
const by = () => ({ actorId: adminId, note: 'as agreed' });

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof RequestError ? error.code : Promise.reject(error)),
  );
const guard = { name: 'Test Guard', username: 'guard', role: 'guard' } as const;

describe('signing in', () => {
  it('makes a session that later requests are known by, and records it', async () => {
    const { actor, cookies } = await bench.accounts.signIn(adminLogin, origin());
    expect(actor).toMatchObject({ accountId: adminId, role: 'administrator', mustChangePassword: false });
    const cookie = cookies.find((each) => each.includes('session_token'));
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Strict/i);
    expect(actor.expiresAt - Date.now()).toBeGreaterThan(11.9 * 3_600_000);
    expect(actor.expiresAt - Date.now()).toBeLessThanOrEqual(12 * 3_600_000);
    expect((await bench.accounts.sessionOf(origin(cookies).headers)).actor).toEqual(actor);
    expect(await bench.record()).toEqual([`account.added:${adminId}`, `session.started:${adminId}`]);
  });

  it('takes the user name however it is typed', async () => {
    const { actor } = await bench.accounts.signIn({ ...adminLogin, username: ' Admin ' }, origin());
    expect(actor.accountId).toBe(adminId);
  });

  it('answers the same for a wrong password, an unknown and an impossible name, and records each', async () => {
    const tries = [
      { username: 'admin', password: 'wrong' },
      { username: 'nobody', password: 'wrong' },
      { username: '+++', password: 'wrong' },
    ];
    const answers = await Promise.all(
      tries.map((each) =>
        bench.accounts.signIn(each, origin()).catch((error: RequestError) => [error.code, error.message]),
      ),
    );
    expect(answers[0]?.[0 as never]).toBe('bad-credentials');
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect((await bench.record()).filter((each) => each.startsWith('session.refused')).sort()).toEqual(
      ['session.refused', 'session.refused', `session.refused:${adminId}`].sort(),
    );
  });

  it('slows down guessing, even with the right password among the guesses', async () => {
    for (let n = 0; n < 5; n++)
      expect(await codeOf(bench.accounts.signIn({ username: 'admin', password: `no${n}` }, origin()))).toBe(
        'bad-credentials',
      );
    expect(await codeOf(bench.accounts.signIn(adminLogin, origin()))).toBe('too-many-requests');
  });

  it('refuses a cookie that was tampered with', async () => {
    const { cookies } = await bench.accounts.signIn(adminLogin, origin());
    const bent = cookies.map((each) => each.replace(/=(.)/, (_, first) => `=${first === 'a' ? 'b' : 'a'}`));
    expect((await bench.accounts.sessionOf(origin(bent).headers)).actor).toBeUndefined();
  });

  it('ends one session at sign-out, and tells which', async () => {
    const one = await bench.accounts.signIn(adminLogin, origin());
    const other = await bench.accounts.signIn(adminLogin, origin());
    const ended: unknown[] = [];
    bench.accounts.onEnded((sessions) => ended.push(sessions));
    const cleared = await bench.accounts.signOut(one.actor, origin(one.cookies));
    expect(cleared.join()).toMatch(/session_token=;[^,]*Max-Age=0/);
    expect(ended).toEqual([{ accountId: adminId, only: one.actor.sessionId }]);
    expect((await bench.accounts.sessionOf(origin(one.cookies).headers)).actor).toBeUndefined();
    expect((await bench.accounts.sessionOf(origin(other.cookies).headers)).actor).toBeDefined();
    expect((await bench.record()).at(-1)).toBe(`session.ended:${adminId}`);
  });
});

describe('a session in use', () => {
  /** As if it had been made this long ago. */
  async function age(sessionId: string, minutes: number) {
    const expiresAt = new Date(Date.now() + 12 * 3_600_000 - minutes * 60_000);
    await bench.db.exclusive((writer) =>
      writer.session.update({ where: { id: sessionId }, data: { expiresAt } }),
    );
    return expiresAt.getTime();
  }

  it('is renewed now and then, and tells the browser', async () => {
    const { actor, cookies } = await bench.accounts.signIn(adminLogin, origin());
    const { headers } = origin(cookies);
    expect((await bench.accounts.sessionOf(headers)).cookies).toEqual([]);
    const old = await age(actor.sessionId, 30);
    expect((await bench.accounts.sessionOf(headers, { renew: false })).actor?.expiresAt).toBe(old);
    const renewed = await bench.accounts.sessionOf(headers);
    expect(renewed.actor?.expiresAt).toBeGreaterThan(old);
    expect(renewed.cookies.join()).toContain('session_token=');
  });

  it('runs out when nobody uses it', async () => {
    const { actor, cookies } = await bench.accounts.signIn(adminLogin, origin());
    await age(actor.sessionId, 12 * 60 + 1);
    const over = await bench.accounts.sessionOf(origin(cookies).headers);
    expect(over.actor).toBeUndefined();
    expect(over.cookies.join()).toMatch(/Max-Age=0/);
  });

  it('stays when the store takes no writes', async () => {
    const { actor, cookies } = await bench.accounts.signIn(adminLogin, origin());
    let full = false;
    const accounts = await openAccounts({
      db: {
        ...bench.db,
        exclusive: (work) =>
          full ? Promise.reject(new StoreFault('full', undefined)) : bench.db.exclusive(work),
      },
      log: bench.log,
      clock: { now: () => Date.now(), monotonic: () => 0, after: () => () => {} },
      journal: createLog('silent'),
      secureCookies: false,
    });
    await age(actor.sessionId, 30);
    full = true;
    expect((await accounts.sessionOf(origin(cookies).headers)).actor?.accountId).toBe(adminId);
  });

  it('survives a restart, whose cookies are Secure over HTTPS', async () => {
    const { cookies } = await bench.accounts.signIn(adminLogin, origin());
    const deps = { db: bench.db, log: bench.log, journal: createLog('silent') };
    const clock = { now: () => Date.now(), monotonic: () => 0, after: () => () => {} };
    const again = await openAccounts({ ...deps, clock, secureCookies: false });
    expect((await again.sessionOf(origin(cookies).headers)).actor?.accountId).toBe(adminId);
    expect(again.nameOf(adminId)).toBe('Test Administrator');
    const overTls = await openAccounts({ ...deps, clock, secureCookies: true });
    const { cookies: secure } = await overTls.signIn(adminLogin, origin());
    expect(secure.join()).toMatch(/^__Secure-xiaomen\.session_token=[^,]*Secure/);
  });
});

describe('accounts', () => {
  it('begin with a temporary password that must be changed', async () => {
    const { account, temporaryPassword } = await bench.accounts.add(guard, by());
    expect(temporaryPassword).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    expect(account).toMatchObject({ ...guard, suspended: false, mustChangePassword: true });
    expect(bench.accounts.nameOf(account.id)).toBe('Test Guard');
    const first = await bench.accounts.signIn({ username: 'guard', password: temporaryPassword }, origin());
    const second = await bench.accounts.signIn({ username: 'guard', password: temporaryPassword }, origin());
    expect(first.actor.mustChangePassword).toBe(true);

    const change = (current: string, next: string) =>
      bench.accounts.changePassword(first.actor, { current, next }, { address: '127.0.0.1' });
    expect(await codeOf(change('wrong', 'my own password'))).toBe('bad-credentials');
    expect(await codeOf(change(temporaryPassword, temporaryPassword))).toBe('invalid-request');
    await bench.db.transaction((tx) => tx.school.updateMany({ data: { name: 'Test School' } }));
    for (const weak of ['1234567890', 'guard-guard', 'test school 1'])
      expect([weak, await codeOf(change(temporaryPassword, weak))]).toEqual([weak, 'invalid-request']);
    await change(temporaryPassword, 'my own password');

    const kept = await bench.accounts.sessionOf(origin(first.cookies).headers);
    expect(kept.actor?.mustChangePassword).toBe(false);
    expect((await bench.accounts.sessionOf(origin(second.cookies).headers)).actor).toBeUndefined();
    expect(
      await codeOf(bench.accounts.signIn({ username: 'guard', password: temporaryPassword }, origin())),
    ).toBe('bad-credentials');
    await bench.accounts.signIn({ username: 'guard', password: 'my own password' }, origin());
    expect(await bench.record()).toContain(`account.password-changed:${account.id}`);
  });

  it('have user names of their own', async () => {
    await bench.accounts.add(guard, by());
    expect(await codeOf(bench.accounts.add({ ...guard, name: 'Another' }, by()))).toBe('conflict');
    expect(await bench.accounts.list()).toHaveLength(2);
  });

  it('lose their sessions at once when suspended, and come back when restored', async () => {
    const { account, temporaryPassword } = await bench.accounts.add(guard, by());
    const login = { username: 'guard', password: temporaryPassword };
    const { cookies } = await bench.accounts.signIn(login, origin());
    const ended: unknown[] = [];
    bench.accounts.onEnded((sessions) => ended.push(sessions));
    const suspended = await bench.accounts.change(account.id, { suspended: true }, by());
    expect(suspended.suspended).toBe(true);
    expect(ended).toEqual([{ accountId: account.id }]);
    expect((await bench.accounts.sessionOf(origin(cookies).headers)).actor).toBeUndefined();
    expect(await codeOf(bench.accounts.signIn(login, origin()))).toBe('not-allowed');
    await bench.accounts.change(account.id, { suspended: false }, by());
    expect((await bench.accounts.sessionOf(origin(cookies).headers)).actor).toBeUndefined();
    await bench.accounts.signIn(login, origin());
    expect((await bench.record()).filter((each) => !each.startsWith('account.added'))).toEqual([
      `session.started:${account.id}`,
      `account.suspended:${account.id}`,
      `session.refused:${account.id}`,
      `account.restored:${account.id}`,
      `session.started:${account.id}`,
    ]);
  });

  it('change their role with the next request', async () => {
    const { account, temporaryPassword } = await bench.accounts.add(guard, by());
    const { cookies } = await bench.accounts.signIn(
      { username: 'guard', password: temporaryPassword },
      origin(),
    );
    await bench.accounts.change(account.id, { role: 'auditor' }, by());
    expect((await bench.accounts.sessionOf(origin(cookies).headers)).actor?.role).toBe('auditor');
  });

  it('record nothing when nothing changes', async () => {
    const { account } = await bench.accounts.add(guard, by());
    const before = await bench.record();
    await bench.accounts.change(account.id, { role: 'guard', suspended: false }, by());
    expect(await bench.record()).toEqual(before);
  });

  it('keep at least one active administrator, whoever asks', async () => {
    const second = await bench.accounts.add(
      { name: 'Second', username: 'second', role: 'administrator' },
      by(),
    );
    for (const patch of [{ suspended: true }, { role: 'guard' as const }])
      expect(await codeOf(bench.accounts.change(adminId, patch, by()))).toBe('conflict');
    // Both at once, each by the other: changes run one after the other, so one of them must lose.
    const answers = await Promise.all([
      codeOf(bench.accounts.change(adminId, { role: 'guard' }, { actorId: second.account.id })),
      codeOf(bench.accounts.change(second.account.id, { suspended: true }, by())),
    ]);
    expect(answers).toEqual(['done', 'conflict']);
  });

  it('get a new temporary password, which ends their sessions', async () => {
    const { account, temporaryPassword } = await bench.accounts.add(guard, by());
    const old = { username: 'guard', password: temporaryPassword };
    const { cookies } = await bench.accounts.signIn(old, origin());
    const reset = await bench.accounts.reset(account.id, by());
    expect(reset.account.mustChangePassword).toBe(true);
    expect((await bench.accounts.sessionOf(origin(cookies).headers)).actor).toBeUndefined();
    expect(await codeOf(bench.accounts.signIn(old, origin()))).toBe('bad-credentials');
    await bench.accounts.signIn({ username: 'guard', password: reset.temporaryPassword }, origin());
    expect(await codeOf(bench.accounts.reset(adminId, by()))).toBe('conflict');
    expect(await codeOf(bench.accounts.reset('no-such', by()))).toBe('not-found');
  });

  it('have a temporary password for as many days as the school gives, and a new one for as many again', async () => {
    await bench.close();
    const day = 86_400_000;
    const start = Date.now();
    let passed = 0;
    bench = await accountsBench({ now: () => start + passed, monotonic: () => 0, after: () => () => {} });
    adminId = await firstAdministrator(bench);
    const { account, temporaryPassword } = await bench.accounts.add(guard, by());
    const signIn = (password: string) =>
      codeOf(bench.accounts.signIn({ username: 'guard', password }, origin()));
    expect(account.temporaryUntil).toBe(start + 7 * day);
    passed = 7 * day - 1;
    expect(await signIn(temporaryPassword)).toBe('done');
    passed = 7 * day;
    expect(await signIn(temporaryPassword)).toBe('password-expired');
    expect((await bench.record()).at(-1)).toBe(`session.refused:${account.id}`);
    // Only who knows it is told.
    expect(await signIn('not the password')).toBe('bad-credentials');

    await bench.db.transaction((tx) => tx.school.updateMany({ data: { temporaryPasswordDays: 2 } }));
    const reset = await bench.accounts.reset(account.id, by());
    expect(reset.account.temporaryUntil).toBe(start + 9 * day);
    const { actor } = await bench.accounts.signIn(
      { username: 'guard', password: reset.temporaryPassword },
      origin(),
    );
    const own = 'my own password';
    await bench.accounts.changePassword(
      actor,
      { current: reset.temporaryPassword, next: own },
      { address: '127.0.0.1' },
    );
    passed = 100 * day;
    expect(await signIn(own)).toBe('done');
    expect((await bench.accounts.list()).at(-1)?.temporaryUntil).toBeUndefined();
  });

  it('show when they signed in last', async () => {
    const { account, temporaryPassword } = await bench.accounts.add(guard, by());
    const find = async () => (await bench.accounts.list()).find(({ id }) => id === account.id);
    expect((await find())?.lastSignInAt).toBeUndefined();
    await bench.accounts.signIn({ username: 'guard', password: temporaryPassword }, origin());
    expect((await find())?.lastSignInAt).toBeGreaterThan(Date.now() - 60_000);
  });

  it('hold no password that can be read, and no secret twice', async () => {
    const rows = await bench.db.reader.account.findMany();
    expect(rows.map(({ password }) => password).join()).not.toContain('long enough');
    expect(await bench.db.reader.secret.count()).toBe(1);
  });
});
