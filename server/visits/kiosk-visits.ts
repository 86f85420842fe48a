/** Use cases: what a visitor does at a kiosk. Each counts once, however often the kiosk sends it. */
import type { z } from 'zod';
import type { By, NewEvent } from '../contract/events.ts';
import type { kioskRegistration, kioskVisit, kioskVisitRoutes } from '../contract/kiosk-visits.ts';
import { formFaults, tidyForm } from '../contract/visit-form.ts';
import { visitState } from '../contract/visit-words.ts';
import type { Reader, Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import { type AddVisitDeps, addVisitIn } from './add-visit.ts';
import { checkHost, refuseFaults } from './check-visit.ts';
import { keepDetails, knownForm, readDetails } from './kiosk-form.ts';
import { viewForKiosk } from './kiosk-view.ts';
import { holdVisit, screenVisitor } from './screen-visitor.ts';
import { type Passes, visitOfShown } from './shown-pass.ts';
import { type Pictures, picturedBy, setPictures } from './visit-pictures.ts';
import { nextState } from './visit-state.ts';
import { pendingOf } from './visit-words-kept.ts';
import { getVisitorType } from './visitor-types.ts';

export interface KioskVisitDeps extends AddVisitDeps {
  reader: Reader;
  passes: Passes;
}
type Answer = z.input<typeof kioskVisit>;
type Arrival = z.output<(typeof kioskVisitRoutes)['kiosk.arrive']['body']>;
type Shown = Arrival['shown'];

/** Registrations that were kept for longer than this are not taken. */
const longestLateMs = 7 * 86_400_000;

/** Throws not-found, invalid-request. */
export function registerAtKiosk(
  deps: KioskVisitDeps,
  { key, madeAt, visitorId, lastDigits, pictures: _, ...form }: z.output<typeof kioskRegistration>,
  pictures: Pictures,
  by: By,
): Promise<Answer> {
  const kioskId = by.actorId;
  const now = deps.now();
  const late = madeAt !== undefined && madeAt < now && madeAt > now - longestLateMs ? { madeAt } : {};
  return once(deps, { kioskId, key }, async (tx) => {
    const known = await knownForm(tx, deps.vault, { ...form, visitorId, lastDigits });
    const announced = {
      form: known,
      pictures,
      source: 'registered' as const,
      from: late.madeAt ?? now,
      until: undefined,
      now,
    };
    return addVisitIn(tx, deps, { ...announced, kiosk: { kioskId, ...late } }, by);
  });
}

/** Whoever was expected is here: admitted by their host's invitation, or waiting for who else has to agree. Throws as above. */
export function arriveAtKiosk(
  deps: KioskVisitDeps,
  { key, shown, form }: Arrival,
  pictures: Pictures,
  by: By,
): Promise<Answer> {
  const kioskId = by.actorId;
  const now = deps.now();
  return once(deps, { kioskId, key }, async (tx) => {
    const visitId = await visitOfShown(tx, deps.passes, shown);
    const { typeId, state, pending, photoId, signatureId } = await tx.visit.findUniqueOrThrow({
      where: { id: visitId },
    });
    const from = visitState.parse(state);
    const arrived = nextState(from, 'arrive');
    if (!arrived)
      throw new RequestError('conflict', 'This visitor is not expected.', { why: 'visit.not-expected' });
    const type = await getVisitorType(tx, typeId);
    const before = await readDetails(tx, deps.vault, visitId);
    // Whom they visit is the host's word already, where somebody has invited them.
    const whole = { ...before, ...tidyForm(form), ...(before.hostId ? { hostId: before.hostId } : {}) };
    if (before.hostId === undefined) await checkHost(tx, whole.hostId);
    const given = picturedBy(pictures);
    const pictured = {
      photo: given.photo || photoId !== null,
      signature: given.signature || signatureId !== null,
    };
    refuseFaults(formFaults(whole, type, 'registered', deps.dateAt(now), pictured));
    await keepDetails(tx, deps.vault, visitId, whole, now);
    // What is new of them may be somebody's of the lists; of what was decided already nobody is asked again.
    const held = await tx.visitHold.findMany({ where: { visitId } });
    const found = await screenVisitor(tx, deps.vault, whole, now);
    const hits = found.filter(({ entryId }) => !held.some((each) => each.entryId === entryId));
    const needed = pendingOf(pending);
    if (hits.length > 0 && !needed.includes('screening')) needed.unshift('screening');
    const to = needed.length === 0 ? 'approved' : arrived;
    await tx.visit.update({
      where: { id: visitId },
      data: { state: to, pending: JSON.stringify(needed), kioskId, waitingSince: now },
    });
    const event: NewEvent = { type: 'visit.arrived', data: { visitId, from, to, kioskId }, ...by };
    const drawn = (await setPictures(tx, visitId, pictures)).map((each) => ({ ...each, ...by }));
    return {
      visitId,
      events: [event, ...drawn, ...(hits.length > 0 ? [await holdVisit(tx, visitId, hits)] : [])],
    };
  });
}

/** Throws not-found, conflict. */
export function signOutAtKiosk(deps: KioskVisitDeps, shown: Shown, by: By): Promise<Answer> {
  return deps.events.change(async (tx) => {
    const visitId = await visitOfShown(tx, deps.passes, shown);
    const row = await tx.visit.findUniqueOrThrow({
      where: { id: visitId },
      include: { passes: { orderBy: { number: 'desc' }, take: 1 } },
    });
    const from = visitState.parse(row.state);
    const to = nextState(from, 'leave');
    const [pass] = row.passes;
    if (!to || !pass)
      throw new RequestError('conflict', 'This visitor is not inside.', { why: 'visit.not-inside' });
    await tx.visit.update({ where: { id: visitId }, data: { state: to, leftAt: deps.now() } });
    return {
      result: await viewForKiosk(tx, deps, visitId),
      events: [{ type: 'visit.signed-out', data: { visitId, from, to, passId: pass.id }, ...by }],
    };
  });
}

/** Throws not-found for a key that this kiosk has not sent. */
export async function visitOfKey(store: Reader | Tx, kioskId: string, key: string): Promise<string> {
  const sent = await store.kioskSubmission.findUnique({ where: { kioskId_key: { kioskId, key } } });
  if (!sent) throw new RequestError('not-found', 'This kiosk has sent nothing under this key.');
  return sent.visitId;
}

/** What was sent under this key before is answered as it stands now. */
function once(
  deps: KioskVisitDeps,
  { kioskId, key }: { kioskId: string; key: string },
  work: (tx: Tx) => Promise<{ visitId: string; events: NewEvent[] }>,
): Promise<Answer> {
  return deps.events.change(async (tx) => {
    const sent = await tx.kioskSubmission.findUnique({ where: { kioskId_key: { kioskId, key } } });
    if (sent) return { result: await viewForKiosk(tx, deps, sent.visitId), events: [] };
    const { visitId, events } = await work(tx);
    await tx.kioskSubmission.create({ data: { kioskId, key, visitId, at: deps.now() } });
    return { result: await viewForKiosk(tx, deps, visitId), events };
  });
}
