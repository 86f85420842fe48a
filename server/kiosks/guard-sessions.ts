/**
 * Guards at kiosks. A session is in memory alone: it belongs to one kiosk and one account, its secret to the page that
 * asked for it, and what the account may do is asked anew each time. A new sign-in at a kiosk ends the one before.
 */
import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Clock } from '../../hardware/ports.ts';
import { afterWrong, isLocked, type Tries, usualLimits } from '../access/pin-tries.ts';
import { can, type Role, role } from '../contract/capabilities.ts';
import type { guardSession } from '../contract/kiosk-guard.ts';
import type { Database } from '../db.ts';
import { RequestError } from '../errors.ts';
import type { EventLog } from '../events/port.ts';
import { kioskPinText } from './guard-pin.ts';

/** Longer than the page waits by itself, so that this ends what the page could not. */
const unusedMs = 3 * 60_000;
/** Not the school's own for lanes: the kiosk says in words how long to wait. */
const limits = usualLimits;

export interface GuardSessionDeps {
  db: Pick<Database, 'reader'>;
  events: Pick<EventLog, 'append'>;
  clock: Pick<Clock, 'now' | 'monotonic'>;
  hashPin(pin: string): Promise<string>;
}

export interface Guard {
  accountId: string;
  role: Role;
}

export interface GuardSessions {
  /** Throws invalid-request for a wrong PIN, too-many-requests while the kiosk takes none. */
  signIn(kioskId: string, pin: string): Promise<z.input<typeof guardSession>>;
  /** Nobody's session is no error: it has ended already. */
  signOut(kioskId: string, session: string): Promise<void>;
  /** Who it is. `use` false: the page asks by itself. Throws conflict when the session has ended. */
  guardOf(kioskId: string, session: string, use: boolean): Promise<Guard>;
}

interface Live {
  session: string;
  accountId: string;
  /** Of the last use, monotonic. */
  usedAt: number;
}

export function openGuardSessions({ db, events, clock, hashPin }: GuardSessionDeps): GuardSessions {
  const live = new Map<string, Live>();
  const tries = new Map<string, Tries>();

  /** Undefined for an account that may not admit, or not any more. */
  async function guard(accountId: string): Promise<(Guard & { name: string }) | undefined> {
    const row = await db.reader.user.findUnique({ where: { id: accountId } });
    const held = role.safeParse(row?.role);
    if (!row || row.banned || row.mustChangePassword || !held.success) return undefined;
    return can(held.data, 'visits.admit') ? { accountId, role: held.data, name: row.name } : undefined;
  }

  async function end(kioskId: string, how: 'self' | 'unused'): Promise<void> {
    const ended = live.get(kioskId);
    if (!ended) return;
    live.delete(kioskId);
    const { accountId } = ended;
    await events.append({ type: 'kiosk-guard.signed-out', data: { kioskId, accountId, how } });
  }

  async function wrong(kioskId: string): Promise<void> {
    const { tries: after, locks } = afterWrong(tries.get(kioskId), clock.monotonic(), limits);
    tries.set(kioskId, after);
    await events.append({ type: 'kiosk-guard.refused', data: { kioskId } });
    if (!locks) return;
    await events.append({
      type: 'kiosk-guard.locked',
      data: { kioskId, until: clock.now() + limits.lockMs },
    });
  }

  const refuseLocked = (kioskId: string) => {
    if (!isLocked(tries.get(kioskId), clock.monotonic())) return;
    throw new RequestError('too-many-requests', 'Too many wrong PINs. Wait five minutes.', {
      why: 'kiosk.guard-locked',
    });
  };

  return {
    async signIn(kioskId, pin) {
      refuseLocked(kioskId);
      const hash = await hashPin(kioskPinText(pin));
      // Of many that came at once while this one was hashed, no more than three are judged.
      refuseLocked(kioskId);
      const row = await db.reader.kioskPin.findUnique({ where: { hash } });
      const found = row ? await guard(row.accountId) : undefined;
      refuseLocked(kioskId);
      if (!found) {
        await wrong(kioskId);
        throw new RequestError('invalid-request', 'This PIN is wrong.', { why: 'kiosk.guard-pin' });
      }
      tries.delete(kioskId);
      await end(kioskId, 'self');
      const session = randomBytes(24).toString('base64url');
      const { accountId, name } = found;
      await events.append({
        type: 'kiosk-guard.signed-in',
        data: { kioskId, accountId },
        actorId: accountId,
      });
      live.set(kioskId, { session, accountId, usedAt: clock.monotonic() });
      return { session, name, until: clock.now() + unusedMs };
    },
    async signOut(kioskId, session) {
      if (live.get(kioskId)?.session === session) await end(kioskId, 'self');
    },
    async guardOf(kioskId, session, use) {
      const known = live.get(kioskId);
      const now = clock.monotonic();
      const mine = known?.session === session ? known : undefined;
      if (mine && now - mine.usedAt >= unusedMs) await end(kioskId, 'unused');
      else if (mine) {
        const found = await guard(mine.accountId);
        if (found) {
          if (use) mine.usedAt = now;
          return found;
        }
        await end(kioskId, 'unused');
      }
      throw new RequestError('conflict', 'The guard is not signed in here any more.', {
        why: 'kiosk.guard-ended',
      });
    },
  };
}
