/**
 * The passes of all visits that are not over, or whose visitor nobody saw leave, in memory for the lanes: no query per
 * read, and public keys alone. Loaded once; from then on it follows the log and reads again what an event names.
 */
import type { Credential } from '../../hardware/credential.ts';
import type { Clock } from '../../hardware/ports.ts';
import type { LoggedEvent } from '../contract/events.ts';
import { visitState } from '../contract/visit-words.ts';
import type { Reader } from '../db.ts';
import type { PassFact, ReadPass } from './pass-fact.ts';
import { readVerifyingKeys, type VerifyingKey } from './pass-keys.ts';
import { isPassText, readPass } from './pass-token.ts';
import { isCleared } from './visit-state.ts';
import { pendingOf } from './visit-words-kept.ts';

export interface Passes {
  /** Undefined for what does not mean to be a pass. */
  find(credential: Credential): ReadPass | undefined;
  /** As if its token had been read; undefined once the visit is over. */
  byId(passId: string): ReadPass | undefined;
  /** For rows of the log; undefined once the visit is over. */
  visitor(visitId: string): { name: string; hostId: string | undefined } | undefined;
  /** For `EventLog.project`: resolves when memory shows what these events changed. */
  follow(events: LoggedEvent[]): Promise<void>;
}

export interface PassesParts {
  store: Reader;
  schoolId: string;
  clock: Pick<Clock, 'now'>;
}

type Held = PassFact & { validFrom: number; validUntil: number; visitor: string; hostId: string | undefined };

export async function openPasses({ store, schoolId, clock }: PassesParts): Promise<Passes> {
  let keys: ReadonlyMap<number, VerifyingKey> = new Map();
  const byNumber = new Map<number, Held>();
  const byId = new Map<string, Held>();
  const byVisit = new Map<string, Held[]>();

  function forget(visitId: string): void {
    for (const { id, number } of byVisit.get(visitId) ?? []) {
      byId.delete(id);
      byNumber.delete(number);
    }
    byVisit.delete(visitId);
  }
  /** Reads first and changes memory then, in one turn: no decision sees half of it. */
  async function load(which: 'all' | ReadonlySet<string>): Promise<void> {
    const held = await readHeld(store, which);
    for (const visitId of which === 'all' ? [...byVisit.keys()] : which) forget(visitId);
    for (const pass of held) {
      byId.set(pass.id, pass);
      byNumber.set(pass.number, pass);
      byVisit.set(pass.visitId, [...(byVisit.get(pass.visitId) ?? []), pass]);
    }
  }
  const loadKeys = async () => {
    keys = await readVerifyingKeys(store);
  };
  async function follow(events: LoggedEvent[]): Promise<void> {
    if (events.some(({ type }) => type.startsWith('pass-key.'))) await loadKeys();
    if (events.some(({ type }) => type === 'visitor-type.changed' || type === 'school.set-up')) {
      return load('all');
    }
    const touched = new Set(events.flatMap(visitOf));
    if (touched.size > 0) await load(touched);
  }

  await loadKeys();
  await load('all');
  let tail: Promise<void> = Promise.resolve();
  return {
    find({ technology, value }) {
      if (technology !== 'text' || !isPassText(value)) return undefined;
      const token = readPass(value, {
        schoolId,
        keyOf(keyId) {
          const key = keys.get(keyId);
          return key && clock.now() < key.verifiesUntil ? key.publicKey : undefined;
        },
      });
      return { token, pass: typeof token === 'string' ? undefined : byNumber.get(token.number) };
    },
    byId(passId) {
      const pass = byId.get(passId);
      if (!pass) return undefined;
      const { number, validFrom, validUntil, manyEntries } = pass;
      return { token: { keyId: 0, number, validFrom, validUntil, manyEntries }, pass };
    },
    visitor(visitId) {
      const [pass] = byVisit.get(visitId) ?? [];
      return pass && { name: pass.visitor, hostId: pass.hostId };
    },
    // One after the other, so that an older answer of the store never overwrites a newer one.
    follow(events) {
      const run = tail.then(() => follow(events));
      tail = run.catch(() => {});
      return run;
    },
  };
}

/** The visit whose passes or word an event changes. What a lane tells of it changes neither. */
function visitOf({ type, data }: LoggedEvent): string[] {
  if (!type.startsWith('visit.') && !type.startsWith('pass.')) return [];
  return 'visitId' in data && data.visitId !== undefined ? [data.visitId] : [];
}

async function readHeld(store: Reader, which: 'all' | ReadonlySet<string>): Promise<Held[]> {
  const rows = await store.pass.findMany({
    where: {
      visit: {
        // Whom nobody saw leave may be inside still, and gets out.
        OR: [{ state: { not: 'closed' } }, { unseenOut: true, erasedAt: null }],
        ...(which === 'all' ? {} : { id: { in: [...which] } }),
      },
    },
    include: {
      visit: {
        select: {
          state: true,
          pending: true,
          unseenOut: true,
          hostId: true,
          visitor: { select: { name: true } },
          type: { select: { liveCode: true, everyLane: true, lanes: { select: { laneId: true } } } },
        },
      },
    },
  });
  return rows.map(({ id, number, visitId, manyEntries, revokedAt, validFrom, validUntil, visit }) => ({
    id,
    number,
    visitId,
    manyEntries,
    revoked: revokedAt !== null,
    liveCode: visit.type.liveCode,
    cleared: isCleared({ state: visitState.parse(visit.state), pending: pendingOf(visit.pending) }),
    unseenOut: visit.unseenOut && visit.state === 'closed',
    laneIds: visit.type.everyLane ? undefined : new Set(visit.type.lanes.map(({ laneId }) => laneId)),
    validFrom: Number(validFrom),
    validUntil: Number(validUntil),
    visitor: visit.visitor.name,
    hostId: visit.hostId ?? undefined,
  }));
}
