/** Use cases: a visitor is invited beforehand, or registered at the gate, and gets a pass and the link to it. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { can, role } from '../contract/capabilities.ts';
import type { By, NewEvent } from '../contract/events.ts';
import { foldedText } from '../contract/search-text.ts';
import { type FormFault, formFaults, tidyForm } from '../contract/visit-form.ts';
import type { VisitSource } from '../contract/visit-words.ts';
import type { VisitorType } from '../contract/visitor-types.ts';
import {
  type addedVisit,
  earlyMinutes,
  type invitation,
  type registration,
  type VisitForm,
  visitsAheadDays,
} from '../contract/visits.ts';
import type { Told } from '../contract/why.ts';
import type { Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import type { EventLog } from '../events/port.ts';
import type { IdVault } from './id-vault.ts';
import { ensureSigningKey } from './pass-keys.ts';
import { ensureLinkKey, linkOf } from './pass-link.ts';
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

/** Throws not-found, invalid-request. */
export function registerVisit(
  deps: AddVisitDeps,
  { expectedUntil, ...form }: z.output<typeof registration>,
  by: By,
): Promise<Added> {
  const now = deps.now();
  return addVisit(deps, { form, source: 'registered', from: now, until: expectedUntil, now }, by);
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

interface Announced {
  form: VisitForm;
  source: VisitSource;
  from: number;
  until: number | undefined;
  now: number;
}

function addVisit(deps: AddVisitDeps, announced: Announced, by: By): Promise<Added> {
  const { source, now } = announced;
  const form = tidyForm(announced.form);
  return deps.events.change(async (tx) => {
    const type = await getVisitorType(tx, form.typeId);
    refuseFaults(formFaults(form, type, source, deps.dateAt(now)));
    const [from, until] = timesOf(announced, type);
    await checkHost(tx, form.hostId);
    const keyEvents = await ensureSigningKey(tx);
    const visitorId = await keepVisitor(tx, deps.vault, form, now);
    const visitId = randomUUID();
    const { state, pending } = firstState(source, type.approvals);
    const linkKey = await ensureLinkKey(tx);
    const { typeId, hostId, department, purpose, plate, items, companions, noticeVersion } = form;
    await tx.visit.create({
      data: {
        ...{ id: visitId, visitorId, typeId, state, source, pending: JSON.stringify(pending) },
        ...{ hostId: hostId ?? null, department: department ?? null, purpose: purpose ?? null },
        ...{ plate: plate ?? null, items: items ?? null, companions: JSON.stringify(companions) },
        noticeVersion: noticeVersion ?? null,
        noticeAt: noticeVersion === undefined ? null : now,
        expectedFrom: from,
        expectedUntil: until,
        createdAt: now,
      },
    });
    const added: NewEvent = {
      type: 'visit.added',
      data: { visitId, visitorId, typeId, source, state, ...(hostId === undefined ? {} : { hostId }) },
      ...by,
    };
    const early = source === 'invited' ? earlyMinutes * 60_000 : 0;
    const issued = await issuePass(tx, visitId, { from: from - early, until }, type.manyEntries);
    return {
      result: { visit: await getVisit(tx, deps, visitId), link: linkOf(visitId, linkKey) },
      events: [...keyEvents, added, { ...issued, ...by }],
    };
  });
}

const sentences: Record<FormFault['fault'], string> = {
  missing: 'This is asked of this kind of visitor.',
  'no-plate': 'This is no number plate.',
  'old-notice': 'The notice has changed since it was read.',
  'id-form': 'A resident identity number has 17 digits, and a digit or X.',
  'id-check-digit': 'This number has a wrong digit.',
  'id-birth-date': 'The date of birth in this number cannot be.',
};

function refuseFaults(faults: FormFault[]): void {
  if (faults.length === 0) return;
  const fields = faults.map(({ path, fault }) => ({ path, message: sentences[fault] }));
  const told = { why: 'visit.form' } as const;
  throw new RequestError('invalid-request', 'The visit cannot be taken down like this.', told, fields);
}

/** To the second, as the token has them. */
function timesOf(
  { from, until, now }: Announced,
  { stayMinutes }: VisitorType,
): [from: number, until: number] {
  const begins = Math.floor(from / 1000) * 1000;
  const ends = Math.ceil((until ?? from + stayMinutes * 60_000) / 1000) * 1000;
  const fault = (message: string, told: Told) =>
    new RequestError('invalid-request', message, told, [{ path: 'expectedUntil', message }]);
  if (ends <= begins) throw fault('The visit must end after it begins.', { why: 'visit.ends-before-begin' });
  if (ends <= now) throw fault('The visit would be over already.', { why: 'visit.over-already' });
  if (ends > now + visitsAheadDays * 86_400_000) {
    const count = visitsAheadDays;
    throw fault(`A visit can be announced ${count} days ahead at most.`, {
      why: 'visit.too-far',
      params: { count },
    });
  }
  return [begins, ends];
}

async function checkHost(tx: Tx, hostId: string | undefined): Promise<void> {
  if (hostId === undefined) return;
  const host = await tx.user.findUnique({ where: { id: hostId }, select: { role: true, banned: true } });
  const held = role.safeParse(host?.role);
  if (host && !host.banned && held.success && can(held.data, 'visits.host')) return;
  const message = 'This person receives no visitors here.';
  throw new RequestError('invalid-request', message, { why: 'visit.no-host' }, [{ path: 'hostId', message }]);
}

/** Who was here before with the same paper and the same name is the same visitor, with what is new of them. */
async function keepVisitor(tx: Tx, vault: IdVault, form: VisitForm, now: number): Promise<string> {
  const { name, phone, organisation, idKind, idNumber } = form;
  const told = { ...(phone ? { phone } : {}), ...(organisation ? { organisation } : {}) };
  const search = visitorSearch({ name, phone, organisation });
  if (idKind === undefined || idNumber === undefined) {
    const { id } = await tx.visitor.create({
      data: { id: randomUUID(), name, ...told, search, createdAt: now },
    });
    return id;
  }
  const idHash = vault.hash(idKind, idNumber);
  const known = await tx.visitor.findFirst({ where: { idHash, name } });
  if (known) {
    const now = { ...known, ...told };
    await tx.visitor.update({ where: { id: known.id }, data: { ...told, search: visitorSearch(now) } });
    return known.id;
  }
  const id = randomUUID();
  const idSealed = vault.seal(idNumber, id);
  await tx.visitor.create({ data: { id, name, ...told, search, idKind, idHash, idSealed, createdAt: now } });
  return id;
}

function visitorSearch(visitor: {
  name: string;
  phone?: string | null | undefined;
  organisation?: string | null | undefined;
}): string {
  const { name, phone, organisation } = visitor;
  return [name, organisation, phone?.replace(/[ -]/g, '')].map((each) => foldedText(each ?? '')).join('\n');
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
