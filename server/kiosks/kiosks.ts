/**
 * Kiosks: devices that an administrator pairs by a one-time code. The device keeps a secret, the store its hash; a kiosk
 * that is revoked, or paired anew, is known no more at once.
 */
import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Clock } from '../../hardware/ports.ts';
import type { By, NewEvent } from '../contract/events.ts';
import { type Kiosk, type kioskReport, kiosk as kioskSchema, type pairingCode } from '../contract/kiosks.ts';
import type { Database, Reader, Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import type { EventLog } from '../events/port.ts';

/** A code can be typed for so long. */
const codeMs = 10 * 60_000;
/** Eight digits, some tries a minute and ten minutes: one in a million and less. */
const codeDigits = 8;
/** Reports come every half minute; two may be lost. */
const silentMs = 90_000;

export interface KioskDeps {
  db: Pick<Database, 'reader' | 'exclusive'>;
  events: Pick<EventLog, 'change'>;
  clock: Pick<Clock, 'now'>;
}

export interface Kiosks {
  list(): Promise<Kiosk[]>;
  /** The kiosk and its first code. Throws invalid-request for a gate that is not there. */
  add(input: { name: string; gateId: string | null }, by: By): Promise<z.input<typeof pairingCode>>;
  /** Throws not-found, conflict. */
  showCode(id: string, by: By): Promise<z.input<typeof pairingCode>>;
  /** Throws not-found, conflict. */
  revoke(id: string, by: By): Promise<Kiosk>;
  /** @returns what the device keeps, `id.secret`. Throws bad-credentials for a code that is wrong, used or too old. */
  pair(code: string): Promise<{ id: string; token: string }>;
  /** Whose token it is; undefined for nobody's. */
  identify(token: string): Promise<{ id: string; name: string } | undefined>;
  report(id: string, report: z.output<typeof kioskReport>): Promise<void>;
}

type Row = NonNullable<Awaited<ReturnType<Reader['kiosk']['findUnique']>>>;

export function openKiosks({ db, events, clock }: KioskDeps): Kiosks {
  const { reader } = db;
  const view = (row: Row) => viewOf(row, clock.now());

  function change(id: string, by: By, work: (tx: Tx) => Promise<NewEvent['type'] & `kiosk.${string}`>) {
    return events.change(async (tx) => {
      const before = await tx.kiosk.findUnique({ where: { id } });
      if (!before) throw new RequestError('not-found', 'There is no such kiosk.');
      if (before.revokedAt !== null) {
        throw new RequestError('conflict', 'This kiosk was taken out of service.', { why: 'kiosk.revoked' });
      }
      const type = await work(tx);
      const row = await tx.kiosk.findUniqueOrThrow({ where: { id } });
      return { result: view(row), events: [{ type, data: { kioskId: id }, ...by }] };
    });
  }

  return {
    async list() {
      const rows = await reader.kiosk.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }] });
      return rows.map(view);
    },
    add({ name, gateId }, by) {
      const { code, columns, until } = newCode(clock.now());
      return events.change(async (tx) => {
        if (gateId !== null && !(await tx.gate.findUnique({ where: { id: gateId } }))) {
          const message = 'There is no such gate.';
          throw new RequestError('invalid-request', message, { why: 'choice.gone' }, [
            { path: 'gateId', message },
          ]);
        }
        const row = await tx.kiosk.create({ data: { id: randomUUID(), name, gateId, ...columns } });
        return {
          result: { kiosk: view(row), code, until },
          events: [{ type: 'kiosk.added', data: { kioskId: row.id }, ...by }],
        };
      });
    },
    async showCode(id, by) {
      const { code, columns, until } = newCode(clock.now());
      const kiosk = await change(id, by, async (tx) => {
        await tx.kiosk.update({ where: { id }, data: columns });
        return 'kiosk.code-shown';
      });
      return { kiosk, code, until };
    },
    revoke: (id, by) =>
      change(id, by, async (tx) => {
        const data = { revokedAt: clock.now(), tokenHash: null, pairingHash: null };
        await tx.kiosk.update({ where: { id }, data });
        return 'kiosk.revoked';
      }),
    pair(code) {
      const secret = randomBytes(32).toString('base64url');
      return events.change(async (tx) => {
        const row = await tx.kiosk.findUnique({ where: { pairingHash: hashOf(code.replace(/\D/g, '')) } });
        if (!row || row.revokedAt !== null || clock.now() >= Number(row.pairingUntil)) {
          throw new RequestError('bad-credentials', 'This code is wrong, used already, or too old.', {
            why: 'kiosk.bad-code',
          });
        }
        const { id } = row;
        const paired = {
          pairingHash: null,
          pairingUntil: null,
          tokenHash: hashOf(secret),
          pairedAt: clock.now(),
        };
        await tx.kiosk.update({ where: { id }, data: paired });
        return {
          result: { id, token: `${id}.${secret}` },
          events: [{ type: 'kiosk.paired', data: { kioskId: id } }],
        };
      });
    },
    async identify(token) {
      const [id = '', secret = ''] = token.split('.');
      const row = await reader.kiosk.findUnique({ where: { tokenHash: hashOf(secret) } });
      return row?.id === id && row.revokedAt === null ? { id, name: row.name } : undefined;
    },
    async report(id, report) {
      await db.exclusive((writer) =>
        writer.kiosk.updateMany({ where: { id }, data: { ...report, seenAt: clock.now() } }),
      );
    },
  };
}

function newCode(now: number) {
  const code = String(randomInt(10 ** codeDigits)).padStart(codeDigits, '0');
  const until = now + codeMs;
  return { code, until, columns: { pairingHash: hashOf(code), pairingUntil: until } };
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

function viewOf(row: Row, now: number): Kiosk {
  const { pairedAt, revokedAt, seenAt, tokenHash } = row;
  const isSilent = seenAt === null || now - Number(seenAt) > silentMs;
  const paired = tokenHash === null ? 'unpaired' : isSilent ? 'offline' : 'online';
  return kioskSchema.parse({
    ...row,
    state: revokedAt === null ? paired : 'revoked',
    pairedAt: pairedAt === null ? null : Number(pairedAt),
    seenAt: seenAt === null ? null : Number(seenAt),
  });
}
