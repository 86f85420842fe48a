/**
 * Kiosks: devices that an administrator pairs by a one-time code. The device keeps a secret, the store its hash; a kiosk
 * that is revoked, or paired anew, is known no more at once.
 */
import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Clock, Hardware } from '../../hardware/ports.ts';
import type { By, NewEvent } from '../contract/events.ts';
import {
  type Kiosk,
  type KioskParts,
  type kioskReport,
  kiosk as kioskSchema,
  type pairingCode,
} from '../contract/kiosks.ts';
import type { Database, Reader, Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import { changedFields, toldChanges } from '../events/changed-fields.ts';
import type { EventLog } from '../events/port.ts';
import { partsOf } from './kiosk-parts.ts';
import { checkSettings, type KindOf, type KioskSettings } from './kiosk-settings.ts';

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
  /** Of the devices that are a kiosk's. */
  hardware: Pick<Hardware, 'statuses'>;
  kindOf: KindOf;
}

export interface Kiosks {
  list(): Promise<Kiosk[]>;
  /** The kiosk and its first code. Throws invalid-request for what is not there, conflict for a reader that is another's. */
  add(input: KioskSettings, by: By): Promise<z.input<typeof pairingCode>>;
  /** Throws not-found, conflict, invalid-request. */
  change(id: string, patch: Partial<KioskSettings>, by: By): Promise<Kiosk>;
  /** Throws not-found, conflict. */
  showCode(id: string, by: By): Promise<z.input<typeof pairingCode>>;
  /** Throws not-found, conflict. */
  revoke(id: string, by: By): Promise<Kiosk>;
  /** @returns what the device keeps, `id.secret`. Throws bad-credentials for a code that is wrong, used or too old. */
  pair(code: string): Promise<{ id: string; token: string }>;
  /** Whose token it is; undefined for nobody's. */
  identify(token: string): Promise<{ id: string; name: string } | undefined>;
  /** Throws not-found. */
  parts(id: string): Promise<KioskParts>;
  report(id: string, report: z.output<typeof kioskReport>): Promise<void>;
}

type Row = NonNullable<Awaited<ReturnType<Reader['kiosk']['findUnique']>>>;

export function openKiosks({ db, events, clock, hardware, kindOf }: KioskDeps): Kiosks {
  const { reader } = db;
  const view = (row: Row) => viewOf(row, clock.now(), partsOf(row, hardware));

  function change(id: string, by: By, work: (tx: Tx, before: Row) => Promise<NewEvent | undefined>) {
    return events.change(async (tx) => {
      const before = await tx.kiosk.findUnique({ where: { id } });
      if (!before) throw new RequestError('not-found', 'There is no such kiosk.');
      if (before.revokedAt !== null) {
        throw new RequestError('conflict', 'This kiosk was taken out of service.', { why: 'kiosk.revoked' });
      }
      const event = await work(tx, before);
      const row = await tx.kiosk.findUniqueOrThrow({ where: { id } });
      return { result: view(row), events: event ? [{ ...event, ...by }] : [] };
    });
  }

  return {
    async list() {
      const rows = await reader.kiosk.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }] });
      return rows.map(view);
    },
    add(settings, by) {
      const { code, columns, until } = newCode(clock.now());
      return events.change(async (tx) => {
        await checkSettings(tx, kindOf, settings);
        const row = await tx.kiosk.create({ data: { id: randomUUID(), ...settings, ...columns } });
        return {
          result: { kiosk: view(row), code, until },
          events: [{ type: 'kiosk.added', data: { kioskId: row.id }, ...by }],
        };
      });
    },
    change: (id, patch, by) =>
      change(id, by, async (tx, before) => {
        const changed = changedFields<KioskSettings>(before, patch);
        if (Object.keys(changed).length === 0) return undefined;
        await checkSettings(tx, kindOf, changed);
        await tx.kiosk.update({ where: { id }, data: changed });
        return {
          type: 'kiosk.changed',
          data: { kioskId: id, ...toldChanges<KioskSettings>(before, changed) },
        };
      }),
    async showCode(id, by) {
      const { code, columns, until } = newCode(clock.now());
      const kiosk = await change(id, by, async (tx) => {
        await tx.kiosk.update({ where: { id }, data: columns });
        return { type: 'kiosk.code-shown', data: { kioskId: id } };
      });
      return { kiosk, code, until };
    },
    revoke: (id, by) =>
      change(id, by, async (tx) => {
        const given = { printerId: null, documentDeviceId: null };
        const data = { revokedAt: clock.now(), tokenHash: null, pairingHash: null, ...given };
        await tx.kiosk.update({ where: { id }, data });
        return { type: 'kiosk.revoked', data: { kioskId: id } };
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
    async parts(id) {
      const row = await reader.kiosk.findUnique({ where: { id } });
      if (!row) throw new RequestError('not-found', 'There is no such kiosk.');
      return partsOf(row, hardware);
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

function viewOf(row: Row, now: number, parts: KioskParts): Kiosk {
  const { pairedAt, revokedAt, seenAt, tokenHash } = row;
  const isSilent = seenAt === null || now - Number(seenAt) > silentMs;
  const paired = tokenHash === null ? 'unpaired' : isSilent ? 'offline' : 'online';
  return kioskSchema.parse({
    ...row,
    ...parts,
    // Without a printer of the school's own, what its browser has.
    printer: parts.printer === 'none' ? row.printer : parts.printer,
    state: revokedAt === null ? paired : 'revoked',
    pairedAt: pairedAt === null ? null : Number(pairedAt),
    seenAt: seenAt === null ? null : Number(seenAt),
  });
}
