/** Use cases: a visitor's photo and signature. */
import { randomUUID } from 'node:crypto';
import type { By, NewEvent } from '../contract/events.ts';
import type { FileAnswer } from '../contract/route.ts';
import type { Picture, Pictured } from '../contract/visit-form.ts';
import type { Reader, Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import type { EventLog } from '../events/port.ts';

/** What came with a form, its content checked. */
export type Pictures = Partial<Record<Picture, FileAnswer>>;

export const picturedBy = ({ photo, signature }: Pictures): Pictured => ({
  photo: photo !== undefined,
  signature: signature !== undefined,
});

/**
 * A photo that a person takes at the gate: the one before it is not put aside without a reason. Throws not-found,
 * invalid-request.
 */
export async function setVisitPhoto(
  deps: { events: Pick<EventLog, 'change'>; reader: Reader },
  visitId: string,
  picture: FileAnswer,
  by: By,
): Promise<void> {
  const visit = await deps.reader.visit.findUnique({ where: { id: visitId }, select: { photoId: true } });
  if (visit?.photoId != null && by.note === undefined) {
    const message = 'Say why the photo is changed, in a few words.';
    throw new RequestError('invalid-request', message, { why: 'photo.no-reason' }, [
      { path: 'reason', message },
    ]);
  }
  await deps.events.change(async (tx) => {
    const taken = await setPicture(tx, visitId, 'photo', picture);
    return { result: undefined, events: [{ ...taken, ...by }] };
  });
}

/** The content has been checked. The one before it is forgotten. @returns the event. Throws not-found. */
async function setPicture(
  tx: Tx,
  visitId: string,
  kind: Picture,
  { contentType, bytes }: FileAnswer,
): Promise<NewEvent> {
  const column = kind === 'photo' ? 'photoId' : 'signatureId';
  const visit = await tx.visit.findUnique({ where: { id: visitId } });
  if (!visit) throw new RequestError('not-found', 'There is no such visit.');
  const id = randomUUID();
  await tx.photo.create({ data: { id, contentType, bytes: Uint8Array.from(bytes) } });
  await tx.visit.update({ where: { id: visitId }, data: { [column]: id } });
  const old = visit[column];
  if (old !== null) await tx.photo.delete({ where: { id: old } });
  return kind === 'photo'
    ? { type: 'visit.photo-taken', data: { visitId, photoId: id } }
    : { type: 'visit.signed', data: { visitId, signatureId: id } };
}

/** Those that came with the form. @returns the events. Throws not-found. */
export async function setPictures(tx: Tx, visitId: string, pictures: Pictures): Promise<NewEvent[]> {
  const events: NewEvent[] = [];
  for (const kind of ['photo', 'signature'] as const) {
    const picture = pictures[kind];
    if (picture) events.push(await setPicture(tx, visitId, kind, picture));
  }
  return events;
}
