/**
 * The store as the sign-in library sees it: the shape of a Prisma client, whose reads go to the reader and whose
 * writes queue with all others. In WAL mode a read that begins after a committed write sees it.
 * The library opens no transactions of its own; `inside` and `recording` put its writes into ours.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { NewEvent } from '../contract/events.ts';
import type { Database, Tx } from '../db.ts';
import type { EventLog } from '../events/port.ts';

const models = ['user', 'session', 'account', 'verification', 'twoFactor'] as const;
type Model = (typeof models)[number];
type Operations = Record<string, (args: unknown) => Promise<unknown>>;

const reads = new Set(['findFirst', 'findMany', 'findUnique', 'count']);

export interface AuthStore {
  /** What `prismaAdapter` takes for a client. */
  readonly client: Record<Model, Operations>;
  /** Everything that the library does within `run` goes through this transaction. */
  inside<T>(tx: Tx, run: () => Promise<T>): Promise<T>;
  /** If `run` makes a session, it is made in one transaction with its events; other writes go as usual. */
  recording<T>(events: (accountId: string) => NewEvent[], run: () => Promise<T>): Promise<T>;
}

type Scope = { tx: Tx } | { events: (accountId: string) => NewEvent[] };

export function openAuthStore(db: Database, log: Pick<EventLog, 'change'>): AuthStore {
  const scopes = new AsyncLocalStorage<Scope>();

  async function run(model: Model, operation: string, args: unknown): Promise<unknown> {
    const scope = scopes.getStore();
    if (scope && 'tx' in scope) return perform(scope.tx, model, operation, args);
    if (reads.has(operation)) return perform(db.reader, model, operation, args);
    if (scope && model === 'session' && operation === 'create') {
      return log.change(async (tx) => {
        const result = await perform(tx, model, operation, args);
        return { result, events: scope.events((result as { userId: string }).userId) };
      });
    }
    return db.exclusive((writer) => perform(writer, model, operation, args));
  }

  const operationsOf = (model: Model): Operations =>
    new Proxy({} as Operations, {
      get: (_, operation) => (args: unknown) => run(model, String(operation), args),
    });
  return {
    client: Object.fromEntries(models.map((model) => [model, operationsOf(model)])) as Record<
      Model,
      Operations
    >,
    inside: (tx, work) => scopes.run({ tx }, work),
    recording: (events, work) => scopes.run({ events }, work),
  };
}

async function perform(client: Tx, model: Model, operation: string, args: unknown): Promise<unknown> {
  const perform = (client[model] as unknown as Operations)[operation];
  if (!perform) throw new TypeError(`The store has no operation ${model}.${operation}.`);
  return perform(args);
}
