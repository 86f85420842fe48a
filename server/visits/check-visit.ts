/** What must be right of a visit before it is taken down. */
import { can, role } from '../contract/capabilities.ts';
import type { By } from '../contract/events.ts';
import { canBeWaived, type FormFault, pathOf } from '../contract/visit-form.ts';
import { type VisitField, visitField } from '../contract/visit-words.ts';
import type { VisitorType } from '../contract/visitor-types.ts';
import { visitsAheadDays } from '../contract/visits.ts';
import type { Told } from '../contract/why.ts';
import type { Tx } from '../db.ts';
import { RequestError } from '../errors.ts';

const sentences: Record<FormFault['fault'], string> = {
  missing: 'This is asked of this kind of visitor.',
  'no-plate': 'This is no number plate.',
  'old-notice': 'The notice has changed since it was read.',
  'id-form': 'A resident identity number has 17 digits, and a digit or X.',
  'id-check-digit': 'This number has a wrong digit.',
  'id-birth-date': 'The date of birth in this number cannot be.',
  'id-passport': 'A passport number has 5 to 12 letters and digits.',
  'mrz-lines': 'These are not all of the lines: a passport has two of 44 characters, a card three of 30.',
  'mrz-check-digit': 'A character of the machine-readable lines is wrong.',
};

/** Whether a visitor may be taken down without what is required of them. */
export interface Waiver {
  asked: boolean;
  may: boolean;
  by: By;
}

/**
 * @returns what is required and missing, where somebody takes the visitor down without it. Throws invalid-request,
 * not-allowed.
 */
export function waivedOf(faults: FormFault[], { asked, may, by }: Waiver): VisitField[] {
  const waived = asked ? faults.filter(canBeWaived) : [];
  refuseFaults(faults.filter((fault) => !waived.includes(fault)));
  if (waived.length === 0) return [];
  if (!may) {
    const message = 'Only who may override it takes a visitor down without what is required.';
    throw new RequestError('not-allowed', message, { why: 'visit.no-waiver' });
  }
  if (by.note === undefined) {
    const message = 'Say why it is done without what is required, in a few words.';
    throw new RequestError('invalid-request', message, { why: 'visit.waiver-why' }, [
      { path: 'reason', message },
    ]);
  }
  const missing = new Set(waived.map(({ path }) => path));
  return visitField.options.filter((field) => missing.has(pathOf[field]));
}

/** Throws invalid-request. */
export function refuseFaults(faults: FormFault[]): void {
  if (faults.length === 0) return;
  const fields = faults.map(({ path, fault }) => ({ path, message: sentences[fault] }));
  const told = { why: 'visit.form' } as const;
  throw new RequestError('invalid-request', 'The visit cannot be taken down like this.', told, fields);
}

/** To the second, as the token has them. */
export function timesOf(
  { from, until, now }: { from: number; until: number | undefined; now: number },
  { stayMinutes }: VisitorType,
): [from: number, until: number] {
  const begins = Math.floor(from / 1000) * 1000;
  const ends = Math.ceil((until ?? from + stayMinutes * 60_000) / 1000) * 1000;
  const fault = (message: string, told: Told) =>
    new RequestError('invalid-request', message, told, [{ path: 'expectedUntil', message }]);
  if (ends <= begins) throw fault('The visit must end after it begins.', { why: 'visit.ends-before-begin' });
  // What a kiosk sends late has no end of its own: it may be over by now.
  if (until !== undefined && ends <= now)
    throw fault('The visit would be over already.', { why: 'visit.over-already' });
  if (ends > now + visitsAheadDays * 86_400_000) {
    const count = visitsAheadDays;
    throw fault(`A visit can be announced ${count} days ahead at most.`, {
      why: 'visit.too-far',
      params: { count },
    });
  }
  return [begins, ends];
}

/** Throws invalid-request. */
export async function checkHost(tx: Tx, hostId: string | undefined): Promise<void> {
  if (hostId === undefined) return;
  const host = await tx.user.findUnique({ where: { id: hostId }, select: { role: true, banned: true } });
  const held = role.safeParse(host?.role);
  if (host && !host.banned && held.success && can(held.data, 'visits.host')) return;
  const message = 'This person receives no visitors here.';
  throw new RequestError('invalid-request', message, { why: 'visit.no-host' }, [{ path: 'hostId', message }]);
}
