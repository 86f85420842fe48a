/** Use cases: a visitor's photo and signature. */
import { randomUUID } from 'node:crypto';
import type { By } from '../contract/events.ts';
import type { FileAnswer } from '../contract/route.ts';
import type { Reader } from '../db.ts';
import { RequestError } from '../errors.ts';
import type { EventLog } from '../events/port.ts';

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
  await setPicture(deps, visitId, 'photo', picture, by);
}

/** The content has been checked. The one before it is forgotten. Throws not-found. */
export function setPicture(
  { events }: { events: Pick<EventLog, 'change'> },
  visitId: string,
  kind: 'photo' | 'signature',
  { contentType, bytes }: FileAnswer,
  by: By,
): Promise<void> {
  const column = kind === 'photo' ? 'photoId' : 'signatureId';
  return events.change(async (tx) => {
    const visit = await tx.visit.findUnique({ where: { id: visitId } });
    if (!visit) throw new RequestError('not-found', 'There is no such visit.');
    const id = randomUUID();
    await tx.photo.create({ data: { id, contentType, bytes: Uint8Array.from(bytes) } });
    await tx.visit.update({ where: { id: visitId }, data: { [column]: id } });
    const old = visit[column];
    if (old !== null) await tx.photo.delete({ where: { id: old } });
    return {
      result: undefined,
      events: [
        kind === 'photo'
          ? { type: 'visit.photo-taken', data: { visitId, photoId: id }, ...by }
          : { type: 'visit.signed', data: { visitId, signatureId: id }, ...by },
      ],
    };
  });
}
