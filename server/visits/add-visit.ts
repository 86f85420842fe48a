/** Use cases: a visitor is invited beforehand, or registered at the gate, and gets a pass and the link to it. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { By, NewEvent } from '../contract/events.ts';
import { formFaults, tidyForm } from '../contract/visit-form.ts';
import type { VisitSource } from '../contract/visit-words.ts';
import {
  type addedVisit,
  earlyMinutes,
  type invitation,
  type registration,
  type VisitForm,
} from '../contract/visits.ts';
import type { Tx } from '../db.ts';
import type { EventLog } from '../events/port.ts';
import { checkHost, timesOf, type Waiver, waivedOf } from './check-visit.ts';
import type { IdVault } from './id-vault.ts';
import { keepVisitor } from './keep-visitor.ts';
import { ensureSigningKey } from './pass-keys.ts';
import { ensureLinkKey, linkOf } from './pass-link.ts';
import { holdVisit, screenVisitor } from './screen-visitor.ts';
import { type Pictures, picturedBy, setPictures } from './visit-pictures.ts';
import { firstState } from './visit-state.ts';
import { getVisit } from './visit-view.ts';
import { getVisitorType } from './visitor-types.ts';

export interface AddVisitDeps {
  events: Pick<EventLog, 'change'>;
  vault: IdVault;
  now(): number;
  /** The day at an instant in the school's time zone, `YYYY-MM-DD`. */
  dateAt(instant: number): string;
}
type Added = z.input<typeof addedVisit>;

/** Throws not-found, invalid-request, not-allowed. */
export function registerVisit(
  deps: AddVisitDeps,
  { expectedUntil, pictures: _, waive, ...form }: z.output<typeof registration>,
  pictures: Pictures,
  mayWaive: boolean,
  by: By,
): Promise<Added> {
  const now = deps.now();
  const waiver = { asked: waive, may: mayWaive, by };
  const times = { from: now, until: expectedUntil, now };
  return addVisit(deps, { form, pictures, waiver, source: 'registered', ...times }, by);
}

/** By the host: the invitation is their word. Throws not-found, invalid-request. */
export function inviteVisit(
  deps: AddVisitDeps,
  { expectedFrom, expectedUntil, ...form }: z.output<typeof invitation>,
  by: By,
): Promise<Added> {
  const hosted = { ...form, hostId: by.actorId };
  const times = { from: expectedFrom, until: expectedUntil, now: deps.now() };
  return addVisit(deps, { form: hosted, source: 'invited', ...times }, by);
}

/** A visit as it is taken down. */
export interface Announced {
  form: VisitForm;
  source: VisitSource;
  from: number;
  until: number | undefined;
  now: number;
  /** Where it was filled in, and when, if it was sent later. */
  kiosk?: { kioskId: string; madeAt?: number };
  seriesId?: string;
  /** Those that stand beside the form. */
  pictures?: Pictures;
  waiver?: Waiver;
}

function addVisit(deps: AddVisitDeps, announced: Announced, by: By): Promise<Added> {
  return deps.events.change(async (tx) => {
    const { visitId, link, events } = await addVisitIn(tx, deps, announced, by);
    return { result: { visit: await getVisit(tx, deps, visitId), link }, events };
  });
}

/** In the caller's transaction, who records the events. Throws not-found, invalid-request. */
export async function addVisitIn(
  tx: Tx,
  { vault, dateAt }: Omit<AddVisitDeps, 'events'>,
  announced: Announced,
  by: By,
): Promise<{ visitId: string; link: string; events: NewEvent[] }> {
  const { source, now, kiosk } = announced;
  const form = tidyForm(announced.form);
  const type = await getVisitorType(tx, form.typeId);
  const { pictures = {}, waiver = { asked: false, may: false, by } } = announced;
  const pictured = picturedBy(pictures);
  const faults = formFaults(form, type, source, dateAt(now), pictured, kiosk?.madeAt !== undefined);
  const waived = waivedOf(faults, waiver);
  const [from, until] = timesOf(announced, type);
  await checkHost(tx, form.hostId);
  const keyEvents = await ensureSigningKey(tx);
  const linkKey = await ensureLinkKey(tx);
  const visitorId = await keepVisitor(tx, vault, form, now);
  const visitId = randomUUID();
  const hits = await screenVisitor(tx, vault, form, now);
  const { state, pending } = firstState(source, type.approvals, hits.length > 0);
  const { typeId, hostId, department, purpose, plate, items, companions, noticeVersion } = form;
  await tx.visit.create({
    data: {
      ...{ id: visitId, visitorId, typeId, state, source, pending: JSON.stringify(pending) },
      ...{ hostId: hostId ?? null, department: department ?? null, purpose: purpose ?? null },
      ...{ plate: plate ?? null, items: items ?? null, companions: JSON.stringify(companions) },
      noticeVersion: noticeVersion ?? null,
      noticeAt: noticeVersion === undefined ? null : from,
      expectedFrom: from,
      expectedUntil: until,
      createdAt: now,
      waitingSince: state === 'waiting' ? now : null,
      kioskId: kiosk?.kioskId ?? null,
      escort: type.escort,
      seriesId: announced.seriesId ?? null,
    },
  });
  const drawn = await setPictures(tx, visitId, pictures);
  const held = hits.length > 0 ? [await holdVisit(tx, visitId, hits)] : [];
  const added: NewEvent = {
    type: 'visit.added',
    data: {
      ...{ visitId, visitorId, typeId, source, state },
      ...(hostId === undefined ? {} : { hostId }),
      ...kiosk,
    },
    ...by,
  };
  const early = source === 'invited' ? earlyMinutes * 60_000 : 0;
  const issued = await issuePass(tx, visitId, { from: from - early, until }, type.manyEntries);
  return {
    ...{ visitId, link: linkOf(visitId, linkKey) },
    events: [
      ...keyEvents,
      added,
      ...(waived.length > 0
        ? [{ type: 'visit.waived' as const, data: { visitId, fields: waived }, ...by }]
        : []),
      ...drawn.map((each) => ({ ...each, ...by })),
      { ...issued, ...by },
      ...held,
    ],
  };
}

async function issuePass(
  tx: Tx,
  visitId: string,
  { from: validFrom, until: validUntil }: { from: number; until: number },
  manyEntries: boolean,
): Promise<NewEvent> {
  const { _max } = await tx.pass.aggregate({ _max: { number: true } });
  const id = randomUUID();
  const number = (_max.number ?? 0) + 1;
  await tx.pass.create({ data: { id, number, visitId, validFrom, validUntil, manyEntries } });
  return { type: 'pass.issued', data: { passId: id, visitId, number, validFrom, validUntil } };
}
