/** Use cases: what people do with a visit. Each is one step of visit-state.ts, and an event that says who and why. */
import { randomUUID } from 'node:crypto';
import type { By, NewEvent } from '../contract/events.ts';
import { type VisitReceipt, type VisitState, type VisitWord, visitState } from '../contract/visit-words.ts';
import type { Visit } from '../contract/visits.ts';
import type { Told } from '../contract/why.ts';
import type { Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import type { EventLog } from '../events/port.ts';
import { afterApproval, afterRefusal, type Cleared, nextState, type VisitStep } from './visit-state.ts';
import { getVisit, type ViewDeps } from './visit-view.ts';
import { pendingOf } from './visit-words-kept.ts';

export interface StepDeps extends ViewDeps {
  events: Pick<EventLog, 'change'>;
}

/** What the asker may do beside receiving their own visitors. */
export interface Asker {
  /** Admits visitors at the gate: a guard's word, and in a host's place. */
  guard: boolean;
  office: boolean;
}

/**
 * One of the words that the visit needs. A guard gives the host's where there is no host or it has lapsed, else they say
 * why. Throws not-found,
 * not-allowed, conflict.
 */
export function approveVisit(deps: StepDeps, id: string, asker: Asker, by: By): Promise<Visit> {
  return giveWord(deps, id, true, asker, by);
}

/** Throws not-found, not-allowed, conflict. */
export function refuseVisit(deps: StepDeps, id: string, asker: Asker, by: By): Promise<Visit> {
  return giveWord(deps, id, false, asker, by);
}

function giveWord(deps: StepDeps, id: string, approved: boolean, asker: Asker, by: By): Promise<Visit> {
  return deps.events.change(async (tx) => {
    const { row } = await readVisit(tx, id);
    const own = wordsOf(asker, row.hostId === by.actorId);
    if (own.length === 0) throw notOwn();
    const before = { state: visitState.parse(row.state), pending: pendingOf(row.pending) };
    const word = approved
      ? (own.find((each) => before.pending.includes(each)) ?? 'host')
      : (own[0] ?? 'host');
    if (approved && before.pending.includes('host') && !own.includes(word)) mustSayWhy(asker, row, by);
    const after = approved ? afterApproval(before, word) : afterRefusal(before, word);
    if (!after) {
      throw approved
        ? needsNoWord()
        : new RequestError('conflict', 'This visitor is in already, or the visit is over.', {
            why: 'visit.too-late-to-refuse',
          });
    }
    await keepWord(tx, id, { word, accountId: by.actorId, approved, at: deps.now() }, after);
    const data = { visitId: id, from: before.state, to: after.state, word };
    return {
      result: await getVisit(tx, deps, id),
      events: [{ type: approved ? 'visit.approved' : 'visit.refused', data, ...by }],
    };
  });
}

/** Whose words somebody may give in their own name, those that only they can give first. */
function wordsOf({ guard, office }: Asker, isHost: boolean): VisitWord[] {
  return [
    ...(isHost ? ['host' as const] : []),
    ...(office ? ['office' as const] : []),
    ...(guard ? ['guard' as const] : []),
  ];
}

function mustSayWhy({ guard }: Asker, { hostId, lapsedAt }: VisitRow, { note }: By): void {
  if (!guard) throw notOwn();
  if (hostId !== null && lapsedAt === null && note === undefined) {
    const message = 'Say why the host’s word is given in their place.';
    throw new RequestError('invalid-request', message, { why: 'visit.say-why' }, [
      { path: 'reason', message },
    ]);
  }
}

/** A word that was given, and where the visit stands with it. */
export async function keepWord(
  tx: Tx,
  visitId: string,
  word: { word: VisitWord; accountId: string; approved: boolean; at: number },
  { state, pending }: Cleared,
): Promise<void> {
  await tx.visitWord.create({ data: { id: randomUUID(), visitId, ...word } });
  await tx.visit.update({ where: { id: visitId }, data: { state, pending: JSON.stringify(pending) } });
}

/** The host, of their own visitor who waits: from now on the guard may give the host's word. Throws as `approveVisit`. */
export function handOver(deps: StepDeps, id: string, by: By): Promise<Visit> {
  return deps.events.change(async (tx) => {
    const { row } = await readVisit(tx, id);
    if (row.hostId !== by.actorId) throw notOwn();
    if (row.state !== 'waiting' || row.lapsedAt !== null || !pendingOf(row.pending).includes('host'))
      throw needsNoWord();
    await tx.visit.update({ where: { id }, data: { lapsedAt: deps.now() } });
    return {
      result: await getVisit(tx, deps, id),
      events: [{ type: 'visit.handed-over', data: { visitId: id }, ...by }],
    };
  });
}

/** Known to have gone: every zone is left, and of a pass that lets in once nothing remains. Throws as `approveVisit`. */
export function signOut(deps: StepDeps, id: string, asker: Asker, by: By): Promise<Visit> {
  return step(deps, id, 'leave', by, async ({ tx, row, changed, passId }) => {
    if (!asker.guard && row.hostId !== by.actorId) throw notOwn();
    await tx.visit.update({ where: { id }, data: { leftAt: deps.now(), unseenOut: false } });
    return { type: 'visit.signed-out', data: { ...changed, passId } };
  });
}

/** Once they have come in, and `parted` once they were met; a second press keeps the first time. Throws as `signOut`. */
export function giveReceipt(
  deps: StepDeps,
  id: string,
  receipt: VisitReceipt,
  asker: Asker,
  by: By,
): Promise<Visit> {
  return deps.events.change(async (tx) => {
    const { row } = await readVisit(tx, id);
    if (!asker.guard && (receipt === 'items' || row.hostId !== by.actorId)) throw notOwn();
    const column = ({ met: 'metAt', parted: 'partedAt', items: 'itemsAt' } as const)[receipt];
    if (row.enteredAt === null) throw cannot('leave');
    if (receipt === 'parted' && row.metAt === null) {
      throw new RequestError('conflict', 'This visitor was not met yet.', { why: 'visit.not-met' });
    }
    if (row[column] !== null) return { result: await getVisit(tx, deps, id), events: [] };
    await tx.visit.update({ where: { id }, data: { [column]: deps.now() } });
    return {
      result: await getVisit(tx, deps, id),
      events: [{ type: 'visit.receipt', data: { visitId: id, receipt }, ...by }],
    };
  });
}

/** Let in by hand at this lane: the pass counts as used there, and lets out. Throws not-found, invalid-request, conflict. */
export function admitVisit(deps: StepDeps, id: string, laneId: string, by: By): Promise<Visit> {
  return step(deps, id, 'enter', by, async ({ tx, row, changed, passId }) => {
    if (pendingOf(row.pending).length > 0) throw cannot('enter');
    const lane = await tx.lane.findUnique({ where: { id: laneId } });
    if (!lane) {
      const message = 'There is no such lane.';
      throw new RequestError('invalid-request', message, { why: 'choice.gone' }, [
        { path: 'laneId', message },
      ]);
    }
    const { gateId, zoneId } = lane;
    await tx.visit.update({
      where: { id },
      data: { enteredAt: row.enteredAt ?? deps.now(), enteredZone: zoneId ?? '', leftAt: null },
    });
    return { type: 'visit.admitted', data: { ...changed, passId, gateId, laneId } };
  });
}

/** It opens nothing from now on, the way out neither: whoever is inside is for the guard. Throws not-found, conflict. */
export function revokePass(deps: StepDeps, passId: string, by: By): Promise<Visit> {
  return deps.events.change(async (tx) => {
    const pass = await tx.pass.findUnique({ where: { id: passId } });
    if (!pass) throw new RequestError('not-found', 'There is no such pass.');
    if (pass.revokedAt !== null) {
      throw new RequestError('conflict', 'This pass was taken back already.', { why: 'pass.revoked' });
    }
    const { visitId } = pass;
    await tx.pass.update({ where: { id: passId }, data: { revokedAt: deps.now() } });
    return {
      result: await getVisit(tx, deps, visitId),
      events: [{ type: 'pass.revoked', data: { passId, visitId }, ...by }],
    };
  });
}

type VisitRow = NonNullable<Awaited<ReturnType<Tx['visit']['findUnique']>>>;

interface Stepping {
  tx: Tx;
  row: VisitRow;
  changed: { visitId: string; from: VisitState; to: VisitState };
  /** The newest. */
  passId: string;
}

function step(
  { events, ...deps }: StepDeps,
  id: string,
  taken: 'enter' | 'leave',
  by: By,
  record: (stepping: Stepping) => Promise<NewEvent>,
): Promise<Visit> {
  return events.change(async (tx) => {
    const { row, passId } = await readVisit(tx, id);
    const from = visitState.parse(row.state);
    // Closed as gone while nobody knew: now somebody does.
    const late = taken === 'leave' && from === 'closed' && row.unseenOut;
    const to = late ? from : nextState(from, taken);
    if (!to || passId === undefined) throw cannot(taken);
    await tx.visit.update({ where: { id }, data: { state: to } });
    const event = await record({ tx, row, changed: { visitId: id, from, to }, passId });
    return { result: await getVisit(tx, deps, id), events: [{ ...event, ...by }] };
  });
}

async function readVisit(tx: Tx, id: string): Promise<{ row: VisitRow; passId: string | undefined }> {
  const row = await tx.visit.findUnique({ where: { id } });
  if (!row) throw new RequestError('not-found', 'There is no such visit.');
  const pass = await tx.pass.findFirst({ where: { visitId: id }, orderBy: { number: 'desc' } });
  return { row, passId: pass?.id };
}

function needsNoWord(): RequestError {
  return new RequestError('conflict', 'This visit waits for no word of yours.', {
    why: 'visit.needs-no-word',
  });
}

export function notOwn(): RequestError {
  return new RequestError('not-allowed', 'This is not a visit to you.', { why: 'visit.not-own' });
}

const refusals: Record<Extract<VisitStep, 'enter' | 'leave'>, [detail: string, told: Told]> = {
  enter: [
    'This visitor may not come in: the visit waits for a word, was refused, is over, or they are in already.',
    { why: 'visit.may-not-enter' },
  ],
  leave: ['This visitor is not inside.', { why: 'visit.not-inside' }],
};

function cannot(taken: 'enter' | 'leave'): RequestError {
  const [detail, told] = refusals[taken];
  return new RequestError('conflict', detail, told);
}
