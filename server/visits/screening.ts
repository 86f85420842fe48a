/** Use cases: the deny list and the watch list, and the decision about a visitor who may be on one. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { By, NewEvent } from '../contract/events.ts';
import { maskedIdNumber, tidyIdNumber } from '../contract/id-number.ts';
import {
  type hold,
  type ScreeningEntry,
  screeningEntry,
  type screeningInput,
} from '../contract/screening.ts';
import { visitState } from '../contract/visit-words.ts';
import type { Visit } from '../contract/visits.ts';
import type { Reader, Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import type { EventLog } from '../events/port.ts';
import type { IdVault } from './id-vault.ts';
import { screenOpenVisits } from './screen-open-visits.ts';
import { hitsOf, inForce } from './screen-visitor.ts';
import { afterApproval, afterRefusal } from './visit-state.ts';
import { keepWord, notOwn } from './visit-steps.ts';
import { getVisit } from './visit-view.ts';
import { pendingOf } from './visit-words-kept.ts';

export interface ScreeningDeps {
  reader: Reader;
  events: Pick<EventLog, 'change'>;
  vault: IdVault;
  now(): number;
}
type Row = NonNullable<Awaited<ReturnType<Reader['screeningEntry']['findUnique']>>>;

/** Newest first. */
export async function listScreening({ reader, vault }: ScreeningDeps): Promise<ScreeningEntry[]> {
  const rows = await reader.screeningEntry.findMany({
    where: { removedAt: null },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
  });
  return viewEntries(reader, vault, rows);
}

/** Who is expected, waits or is inside is compared with the entry at once. Throws invalid-request. */
export function addScreening(
  { events, vault, now }: ScreeningDeps,
  { idKind, idNumber, aliases, phone, ...rest }: z.output<typeof screeningInput>,
  by: By,
): Promise<ScreeningEntry> {
  return events.change(async (tx) => {
    await checkResponder(tx, rest.responderId);
    const id = randomUUID();
    const number = idNumber === undefined ? undefined : tidyIdNumber(idNumber);
    const paper =
      idKind && number
        ? { idKind, idSealed: vault.seal(number, id), idHash: vault.hash(idKind, number) }
        : {};
    const row = await tx.screeningEntry.create({
      data: {
        ...{ id, ...rest, ...paper, aliases: JSON.stringify(aliases), createdAt: now() },
        phone: phone?.replace(/[ -]/g, '') ?? null,
      },
    });
    const [result] = await viewEntries(tx, vault, [row]);
    if (!result) throw new Error('an entry that was just added is not there');
    const added: NewEvent = { type: 'screening.added', data: { entryId: id, list: rest.list }, ...by };
    const found =
      row.validUntil === null || row.validUntil > now() ? await screenOpenVisits(tx, row, now()) : [];
    return { result, events: [added, ...found] };
  });
}

/** Throws not-found. */
export function removeScreening({ events, now }: ScreeningDeps, id: string, by: By): Promise<void> {
  return events.change(async (tx) => {
    const row = await tx.screeningEntry.findFirst({ where: { id, removedAt: null } });
    if (!row) throw new RequestError('not-found', 'There is no such entry.');
    await tx.screeningEntry.update({ where: { id }, data: { removedAt: now() } });
    return { result: undefined, events: [{ type: 'screening.removed', data: { entryId: id }, ...by }] };
  });
}

/** Whom a visitor of this name would be taken for. */
export async function tryName(
  { reader, vault, now }: ScreeningDeps,
  name: string,
): Promise<z.input<typeof hold>[]> {
  const rows = await reader.screeningEntry.findMany({
    where: inForce(now()),
    orderBy: { createdAt: 'desc' },
  });
  const hits = new Map(hitsOf(rows, { names: [name] }).map(({ entryId, how }) => [entryId, how]));
  const entries = await viewEntries(reader, vault, rows);
  return entries.flatMap((entry) => {
    const how = hits.get(entry.id);
    return how ? [{ entry, how }] : [];
  });
}

/** For who screens all of them; a responder sees the entries that name them. Throws not-found, not-allowed. */
export async function readHolds(
  { reader, vault }: ScreeningDeps,
  visitId: string,
  screens: boolean,
  accountId: string,
): Promise<z.input<typeof hold>[]> {
  if (!(await reader.visit.findUnique({ where: { id: visitId } }))) {
    throw new RequestError('not-found', 'There is no such visit.');
  }
  const held = await reader.visitHold.findMany({ where: { visitId }, include: { entry: true } });
  const shown = held.filter(({ entry }) => screens || entry.responderId === accountId);
  if (!screens && shown.length === 0) throw notOwn();
  const entries = await viewEntries(
    reader,
    vault,
    shown.map(({ entry }) => entry),
  );
  return entries.map((entry, index) => ({ entry, how: (shown[index]?.how ?? 'name') as 'name' }));
}

/**
 * `escort` admits, and the visitor goes nowhere alone. Of the deny list nobody is admitted but by who may override it.
 * Throws not-found, not-allowed, conflict.
 */
export function decideHold(
  deps: ScreeningDeps,
  visitId: string,
  outcome: 'admit' | 'escort' | 'refuse',
  mayOverride: boolean,
  by: By,
): Promise<Visit> {
  return deps.events.change(async (tx) => {
    const row = await tx.visit.findUnique({
      where: { id: visitId },
      include: { holds: { include: { entry: true } } },
    });
    if (!row) throw new RequestError('not-found', 'There is no such visit.');
    const denied = row.holds.some(({ entry }) => entry.list === 'deny');
    if (outcome !== 'refuse' && denied && !mayOverride) {
      const message = 'Somebody of the deny list is admitted only by who may override it.';
      throw new RequestError('not-allowed', message, { why: 'screening.override' });
    }
    const before = { state: visitState.parse(row.state), pending: pendingOf(row.pending) };
    const approved = outcome !== 'refuse';
    const after = approved ? afterApproval(before, 'screening') : afterRefusal(before, 'screening');
    if (!after || row.holds.length === 0) {
      throw new RequestError('conflict', 'This visit is not held.', { why: 'visit.needs-no-word' });
    }
    const word = { word: 'screening', accountId: by.actorId, approved, at: deps.now() } as const;
    await keepWord(tx, visitId, word, after);
    if (outcome === 'escort') await tx.visit.update({ where: { id: visitId }, data: { escort: true } });
    const event: NewEvent = {
      type: 'visit.screened',
      data: {
        visitId,
        from: before.state,
        to: after.state,
        outcome,
        ...(approved && denied ? { override: true } : {}),
      },
      ...by,
    };
    return { result: await getVisit(tx, deps, visitId), events: [event] };
  });
}

async function checkResponder(tx: Tx, responderId: string | null): Promise<void> {
  if (responderId === null || (await tx.user.findUnique({ where: { id: responderId } }))) return;
  const message = 'There is no such account.';
  throw new RequestError('invalid-request', message, { why: 'choice.gone' }, [
    { path: 'entry.responderId', message },
  ]);
}

async function viewEntries(
  store: Reader | Tx,
  vault: Pick<IdVault, 'open'>,
  rows: readonly Row[],
): Promise<ScreeningEntry[]> {
  const accounts = await store.user.findMany({
    where: { id: { in: rows.flatMap(({ responderId }) => responderId ?? []) } },
    select: { id: true, name: true },
  });
  return rows.map(({ idSealed, aliases, createdAt, validUntil, responderId, ...row }) => {
    const number = idSealed === null ? undefined : vault.open(idSealed, row.id);
    return screeningEntry.parse({
      ...row,
      aliases: JSON.parse(aliases),
      idNumber: number === undefined ? null : maskedIdNumber(number),
      responder: accounts.find(({ id }) => id === responderId) ?? null,
      validUntil: validUntil === null ? null : Number(validUntil),
      createdAt: Number(createdAt),
    });
  });
}
