/** Compares a visitor with the lists: in memory, entry by entry, for a school's lists are short. */
import type { z } from 'zod';
import type { NewEvent } from '../contract/events.ts';
import type { screeningMatch } from '../contract/screening.ts';
import type { VisitForm } from '../contract/visits.ts';
import type { Tx } from '../db.ts';
import type { IdVault } from './id-vault.ts';
import { sameName } from './name-match.ts';

type How = z.infer<typeof screeningMatch>;
export interface Hit {
  entryId: string;
  responderId: string | null;
  how: How;
}

/** An entry as it is compared. */
export interface Listed {
  id: string;
  responderId: string | null;
  name: string;
  /** JSON list of names. */
  aliases: string;
  phone: string | null;
  idHash: string | null;
}

/** What of a visitor is compared: their name and those of their companions. */
export interface Compared {
  names: string[];
  phone?: string | undefined;
  /** Of their paper, by each key that is here. */
  idHashes?: readonly string[] | undefined;
}

/** Whom of the lists the visitor, or a companion by their name, may be. */
export async function screenVisitor(
  tx: Tx,
  vault: Pick<IdVault, 'hashes'>,
  { name, companions, phone, idKind, idNumber }: VisitForm,
  now: number,
): Promise<Hit[]> {
  const idHashes = idKind && idNumber ? vault.hashes(idKind, idNumber) : undefined;
  return hitsOf(await tx.screeningEntry.findMany({ where: inForce(now) }), {
    names: [name, ...companions],
    phone,
    idHashes,
  });
}

/** Entries that are compared: neither taken off nor run out. */
export function inForce(now: number) {
  return { removedAt: null, OR: [{ validUntil: null }, { validUntil: { gt: now } }] };
}

export function hitsOf(entries: readonly Listed[], visitor: Compared): Hit[] {
  return entries.flatMap((entry): Hit[] => {
    const how = agrees(entry, visitor);
    return how ? [{ entryId: entry.id, responderId: entry.responderId, how }] : [];
  });
}

export function agrees(entry: Listed, visitor: Compared): How | undefined {
  if (entry.idHash !== null && visitor.idHashes?.includes(entry.idHash)) return 'id-number';
  if (entry.phone !== null && visitor.phone?.endsWith(entry.phone)) return 'phone';
  const known = [entry.name, ...(JSON.parse(entry.aliases) as string[])];
  const found = visitor.names.flatMap((name) => known.flatMap((each) => sameName(each, name) ?? []));
  return found.includes('name') ? 'name' : found[0];
}

/** Holds the visit until somebody has decided. @returns the event */
export async function holdVisit(
  tx: Tx,
  visitId: string,
  hits: readonly Hit[],
): Promise<Extract<NewEvent, { type: 'visit.held' }>> {
  await tx.visitHold.createMany({ data: hits.map(({ entryId, how }) => ({ visitId, entryId, how })) });
  const entryIds = hits.map(({ entryId }) => entryId);
  const responderIds = [...new Set(hits.flatMap(({ responderId }) => responderId ?? []))];
  return { type: 'visit.held', data: { visitId, entryIds, responderIds } };
}
