/** The one school that this server guards. Its row stands from the first start; without a name it is not set up. */
import { randomUUID } from 'node:crypto';
import type { By, NewEvent } from '../contract/events.ts';
import { feedbackIn } from '../contract/feedback.ts';
import type { School } from '../contract/school.ts';
import { type Language, language } from '../contract/words.ts';
import type { Database, Reader } from '../db.ts';
import { RequestError } from '../errors.ts';
import { changedFields, toldChanges } from '../events/changed-fields.ts';
import type { EventLog } from '../events/port.ts';

/**
 * Makes the row at the first start, so that the event log, whose chain begins with the school's id, can open at
 * once. @returns the school's id, the first half of every event's identity.
 */
export async function ensureSchool(db: Pick<Database, 'transaction'>): Promise<string> {
  return db.transaction(async (tx) => {
    const row = await tx.school.findFirst({ select: { id: true } });
    if (row) return row.id;
    const id = randomUUID();
    await tx.school.create({ data: { id, name: '', timeZone: 'Asia/Shanghai', language: 'zh-CN' } });
    return id;
  });
}

/** Absent until the school is set up. */
export async function schoolOf(reader: Pick<Reader, 'school'>): Promise<School | undefined> {
  const row = await reader.school.findFirst();
  if (!row || row.name === '') return undefined;
  const { id, name, timeZone, sample, pinTries, pinWithinMinutes, pinLockMinutes } = row;
  const feedback = feedbackIn(row.feedback);
  const limits = { pinTries, pinWithinMinutes, pinLockMinutes };
  return { id, name, timeZone, language: language.parse(row.language), sample, feedback, ...limits };
}

/** Throws not-set-up. */
export async function changeSchool(
  { log, reader }: { log: Pick<EventLog, 'change'>; reader: Pick<Reader, 'school'> },
  patch: Partial<Omit<School, 'id' | 'sample'>>,
  by: By,
): Promise<School> {
  await log.change(async (tx) => {
    const row = await tx.school.findFirst();
    if (!row || row.name === '') throw notSetUp();
    const feedbackBefore = feedbackIn(row.feedback);
    const before = { ...row, language: row.language as Language, feedback: feedbackBefore };
    const changed = changedFields<typeof patch>(before, patch);
    if (Object.keys(changed).length === 0) return { result: undefined, events: [] };
    const { feedback: shown, ...columns } = changed;
    const data = { ...columns, ...(shown ? { feedback: JSON.stringify(shown) } : {}) };
    await tx.school.update({ where: { id: row.id }, data });
    const event: NewEvent = {
      type: 'school.changed',
      data: toldChanges<typeof patch>(before, changed),
      ...by,
    };
    return { result: undefined, events: [event] };
  });
  const changed = await schoolOf(reader);
  if (!changed) throw notSetUp();
  return changed;
}

export const notSetUp = () =>
  new RequestError('not-set-up', 'The school is not set up yet. Open the link that the server printed.');
