/** Use case: the page that a visitor's phone shows, to whoever holds the secret of its link. */
import type { PassPage } from '../contract/passes.ts';
import { visitState } from '../contract/visit-words.ts';
import type { Reader, Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import { readSigningKey } from './pass-keys.ts';
import { readLinkKey, visitOfLink } from './pass-link.ts';
import { mintPass, outsideValidity, stepAt, stepMs } from './pass-token.ts';
import { isCleared } from './visit-state.ts';
import { pendingOf } from './visit-words-kept.ts';
import { getVisitorType } from './visitor-types.ts';

export interface PassPageDeps {
  reader: Reader;
  now(): number;
}

/** Throws not-found, also for a visit that is over. */
export async function passPage({ reader, now }: PassPageDeps, link: string): Promise<PassPage> {
  const linkKey = await readLinkKey(reader);
  return readPassPage(reader, now(), (linkKey && visitOfLink(link, linkKey)) ?? '');
}

/**
 * The token is made for each asking, and only while it may open a lane: nothing is to be gained by a page that is kept.
 * Throws not-found, also for a visit that is over.
 */
export async function readPassPage(reader: Reader | Tx, now: number, visitId: string): Promise<PassPage> {
  const row = await reader.visit.findUnique({
    where: { id: visitId },
    include: { visitor: true, passes: { orderBy: { number: 'desc' }, take: 1 } },
  });
  const [pass] = row?.passes ?? [];
  const school = await reader.school.findFirst();
  if (!row || !pass || !school || row.state === 'closed') {
    throw new RequestError('not-found', 'This link leads to no visit, or the visit is over.');
  }
  const { names, colour, liveCode, laneIds } = await getVisitorType(reader, row.typeId);
  const host =
    row.hostId === null
      ? null
      : await reader.user.findUnique({ where: { id: row.hostId }, select: { name: true } });
  const state = visitState.parse(row.state);
  const claims = {
    number: pass.number,
    validFrom: Number(pass.validFrom),
    validUntil: Number(pass.validUntil),
    manyEntries: pass.manyEntries,
    ...(liveCode ? { step: stepAt(now) } : {}),
  };
  const revoked = pass.revokedAt !== null;
  const cleared = isCleared({ state, pending: pendingOf(row.pending) });
  const used = state === 'left' && !claims.manyEntries;
  // Over its time it still opens the way out.
  const late = outsideValidity(claims, now) === 'expired' && state !== 'inside';
  const key = cleared && !revoked && !used && !late ? await readSigningKey(reader) : undefined;
  return {
    ...{ school: school.name, timeZone: school.timeZone, now: Math.floor(now) },
    visitor: row.visitor.name,
    type: { names, colour, escort: row.escort },
    host: host?.name ?? null,
    department: row.department,
    ...{ state, cleared, revoked, manyEntries: claims.manyEntries, liveCode },
    lanes: laneIds && (await lanesOf(reader, laneIds)),
    number: claims.number,
    validFrom: claims.validFrom,
    validUntil: claims.validUntil,
    ...(key ? { token: mintPass({ ...claims, keyId: key.keyId }, school.id, key.privateKey) } : {}),
    ...(key && claims.step !== undefined ? { renewAt: (claims.step + 1) * stepMs } : {}),
  };
}

async function lanesOf(reader: Reader | Tx, ids: string[]): Promise<PassPage['lanes']> {
  const lanes = await reader.lane.findMany({
    where: { id: { in: ids } },
    select: { name: true, gate: { select: { name: true } } },
    orderBy: [{ gate: { position: 'asc' } }, { position: 'asc' }, { id: 'asc' }],
  });
  return lanes.map(({ name, gate }) => ({ gate: gate.name, lane: name }));
}
