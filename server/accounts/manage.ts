/** What administrators do to accounts. Each change and its event are one transaction. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../hardware/ports.ts';
import type { Account } from '../contract/accounts.ts';
import { type Role, role } from '../contract/capabilities.ts';
import type { By, NewEvent } from '../contract/events.ts';
import type { Reader, Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import type { EventLog } from '../events/port.ts';
import type { AuthStore } from './auth-store.ts';
import { checkPassword } from './check-password.ts';
import type { Library } from './library.ts';
import type { Ended } from './sessions.ts';
import { temporaryPassword, temporaryUntil } from './temporary-password.ts';

export interface NewAccount {
  name: string;
  username: string;
  role: Role;
}

export interface ManageDeps {
  library: Library;
  store: AuthStore;
  reader: Reader;
  questions: Reader;
  log: Pick<EventLog, 'change'>;
  clock: Pick<Clock, 'now'>;
  ended: (sessions: Ended) => void;
  /** Told of each name that is new. */
  named: (accountId: string, name: string) => void;
}

export interface ManageAccounts {
  list(): Promise<Account[]>;
  /** Throws conflict when the user name is taken. The person chooses an own password at the first sign-in. */
  add(input: NewAccount, by: By): Promise<{ account: Account; temporaryPassword: string }>;
  /**
   * An account with a password that stays, for accounts that the server itself makes. Hashing takes its time, so it
   * is done before: `prepare`, then `insert`. Tell `remember` of it afterwards. Insert throws conflict.
   */
  prepare(input: NewAccount & { password: string }): Promise<PreparedAccount>;
  /** Throws not-found; conflict for the own account and for the last active administrator. */
  change(id: string, patch: { role?: Role; suspended?: boolean }, by: By): Promise<Account>;
  /** Throws not-found; conflict for the own account. */
  reset(id: string, by: By): Promise<{ account: Account; temporaryPassword: string }>;
  /**
   * The first administrator, within the transaction that sets up the school; added by itself. Throws invalid-request
   * for a password that is easy to guess.
   */
  prepareFirst(
    input: Omit<NewAccount, 'role'> & { password: string },
    schoolName: string,
  ): Promise<PreparedAccount>;
}

export interface PreparedAccount {
  /** The new account's id and its event. Without an actor it was added by itself. */
  insert(tx: Tx, actorId?: string): Promise<{ accountId: string; event: NewEvent }>;
}

type UserRow = NonNullable<Awaited<ReturnType<Tx['user']['findUnique']>>>;

export function manageAccounts({
  library,
  store,
  reader,
  questions,
  log,
  clock,
  ended,
  named,
}: ManageDeps): ManageAccounts {
  async function insert(tx: Tx, input: NewAccount, hash: string, mustChangePassword: boolean) {
    const { internalAdapter } = await library.$context;
    return store.inside(tx, async () => {
      if (await tx.user.findUnique({ where: { username: input.username } })) {
        throw new RequestError(
          'conflict',
          `The user name ${input.username} is already taken.`,
          { why: 'account.username-taken', params: { username: input.username } },
          [{ path: 'username', message: 'already taken' }],
        );
      }
      const id = randomUUID();
      // Schools give out no addresses; the library wants one, unique, and sends nothing to it.
      const email = `${id}@accounts.invalid`;
      await internalAdapter.createUser(
        { id, email, emailVerified: false, ...input, mustChangePassword },
        { method: 'admin' },
      );
      await internalAdapter.createAccount({
        userId: id,
        accountId: id,
        providerId: 'credential',
        password: hash,
      });
      return id;
    });
  }

  /** A temporary password is good for some days: on a slip of paper it lies about. */
  async function limit(tx: Tx, id: string): Promise<void> {
    const data = { temporaryUntil: await temporaryUntil(tx, clock.now()) };
    await tx.user.update({ where: { id }, data });
  }

  async function prepare({ password: chosen, ...account }: NewAccount & { password: string }) {
    const hash = await (await library.$context).password.hash(chosen);
    return {
      async insert(tx: Tx, actorId?: string) {
        const accountId = await insert(tx, account, hash, false);
        const data = { accountId, role: account.role };
        const event: NewEvent = { type: 'account.added', data, actorId: actorId ?? accountId };
        return { accountId, event };
      },
    };
  }

  async function find(tx: Tx, id: string): Promise<UserRow & { role: Role }> {
    const user = await tx.user.findUnique({ where: { id } });
    const known = role.safeParse(user?.role);
    if (!user || !known.success) throw new RequestError('not-found', 'There is no such account.');
    return { ...user, role: known.data };
  }

  async function read(id: string): Promise<Account> {
    const account = (await list(reader, { id }))[0];
    if (!account) throw new RequestError('not-found', 'There is no such account.');
    return account;
  }

  async function list(from: Reader, where: { id?: string } = {}): Promise<Account[]> {
    const [users, signIns] = await Promise.all([
      from.user.findMany({ where, orderBy: { createdAt: 'asc' } }),
      from.event.groupBy({
        by: ['actorId'],
        where: { type: 'session.started', actorId: where.id ?? { not: null } },
        _max: { at: true },
      }),
    ]);
    const last = new Map(signIns.map((each) => [each.actorId, Number(each._max.at)]));
    return users.flatMap((user) => {
      const known = role.safeParse(user.role);
      if (!known.success) return [];
      const lastSignInAt = last.get(user.id);
      return [
        {
          id: user.id,
          name: user.name,
          username: user.username ?? '',
          role: known.data,
          suspended: user.banned ?? false,
          mustChangePassword: user.mustChangePassword,
          ...(user.mustChangePassword && user.temporaryUntil !== null
            ? { temporaryUntil: Number(user.temporaryUntil) }
            : {}),
          ...(lastSignInAt === undefined ? {} : { lastSignInAt }),
          createdAt: user.createdAt.getTime(),
        },
      ];
    });
  }

  return {
    list: () => list(questions),

    prepare,

    async add(input, by) {
      const password = temporaryPassword();
      const hash = await (await library.$context).password.hash(password);
      const id = await log.change(async (tx) => {
        const accountId = await insert(tx, input, hash, true);
        await limit(tx, accountId);
        const event: NewEvent = { type: 'account.added', data: { accountId, role: input.role }, ...by };
        return { result: accountId, events: [event] };
      });
      named(id, input.name);
      return { account: await read(id), temporaryPassword: password };
    },

    async change(id, patch, by) {
      const changed = await log.change(async (tx) => {
        const user = await find(tx, id);
        const to = patch.role ?? user.role;
        const suspend = patch.suspended ?? user.banned ?? false;
        const events: NewEvent[] = [];
        if (to !== user.role) {
          const data = { accountId: id, from: user.role, to };
          events.push({ type: 'account.role-changed', data, ...by });
        }
        if (suspend !== (user.banned ?? false)) {
          const type = suspend ? 'account.suspended' : 'account.restored';
          events.push({ type, data: { accountId: id }, ...by });
        }
        if (events.length === 0) return { result: false, events };
        if (id === by.actorId && (suspend || to !== user.role)) {
          throw new RequestError(
            'conflict',
            'Nobody can change the role of their own account or suspend it. Ask another administrator.',
            { why: 'account.own' },
          );
        }
        if (user.role === 'administrator' && !user.banned && (suspend || to !== 'administrator')) {
          const others = await tx.user.count({
            where: {
              role: 'administrator',
              id: { not: id },
              OR: [{ banned: null }, { banned: false }],
            },
          });
          if (others === 0) {
            throw new RequestError(
              'conflict',
              'This is the last active administrator. Make another one first.',
              { why: 'account.last-administrator' },
            );
          }
        }
        await tx.user.update({ where: { id }, data: { role: to, banned: suspend, updatedAt: new Date() } });
        if (suspend) await tx.session.deleteMany({ where: { userId: id } });
        return { result: true, events };
      });
      // After a new role too: what a socket may hear was decided when it subscribed.
      if (changed) ended({ accountId: id });
      return read(id);
    },

    async reset(id, by) {
      if (id === by.actorId) {
        throw new RequestError('conflict', 'Change your own password under your name instead.', {
          why: 'account.own-reset',
        });
      }
      const { password, internalAdapter } = await library.$context;
      const temporary = temporaryPassword();
      const hash = await password.hash(temporary);
      await log.change((tx) =>
        store.inside(tx, async () => {
          await find(tx, id);
          await internalAdapter.updatePassword(id, hash);
          await internalAdapter.updateUser(id, { mustChangePassword: true });
          await limit(tx, id);
          await tx.session.deleteMany({ where: { userId: id } });
          const event: NewEvent = { type: 'account.password-reset', data: { accountId: id }, ...by };
          return { result: undefined, events: [event] };
        }),
      );
      ended({ accountId: id });
      return { account: await read(id), temporaryPassword: temporary };
    },

    async prepareFirst(person, schoolName) {
      checkPassword(person.password, { username: person.username, schoolName }, 'administrator.password');
      const prepared = await prepare({ ...person, role: 'administrator' });
      return {
        async insert(tx) {
          if ((await tx.user.count()) > 0)
            throw new RequestError('already-set-up', 'This server already has an administrator.');
          return prepared.insert(tx);
        },
      };
    },
  };
}
