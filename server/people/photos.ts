/** Use cases: the photo that belongs to a card. */

import { randomUUID } from 'node:crypto';
import type { By } from '../contract/events.ts';
import type { Cardholder } from '../contract/people.ts';
import type { FileAnswer } from '../contract/route.ts';
import type { Reader } from '../db.ts';
import { RequestError } from '../errors.ts';
import { toldChanges } from '../events/changed-fields.ts';
import type { EventLog } from '../events/port.ts';
import { getCardholder } from './cardholder-view.ts';

/**
 * The content has been checked. The photo before it is forgotten, for which the record needs a reason. Throws not-found,
 * invalid-request without it.
 */
export function setPhoto(
  { events }: { events: Pick<EventLog, 'change'> },
  cardholderId: string,
  { contentType, bytes }: FileAnswer,
  by: By,
): Promise<Cardholder> {
  return events.change(async (tx) => {
    const { photoId: old } = await getCardholder(tx, cardholderId);
    if (old !== null && by.note === undefined) {
      const message = 'Say why the photo is changed, in a few words.';
      throw new RequestError('invalid-request', message, { why: 'photo.no-reason' }, [
        { path: 'reason', message },
      ]);
    }
    // A new id for a new picture: what a page has in memory under the old one stays true.
    const photoId = randomUUID();
    await tx.photo.create({ data: { id: photoId, contentType, bytes: Uint8Array.from(bytes) } });
    await tx.cardholder.update({ where: { id: cardholderId }, data: { photoId } });
    if (old !== null) await tx.photo.delete({ where: { id: old } });
    return {
      result: await getCardholder(tx, cardholderId),
      events: [
        {
          type: 'cardholder.changed',
          data: { cardholderId, ...toldChanges({ photoId: old }, { photoId }) },
          ...by,
        },
      ],
    };
  });
}

/** Throws not-found. */
export async function readPhoto({ reader }: { reader: Reader }, id: string): Promise<FileAnswer> {
  const photo = await reader.photo.findUnique({ where: { id } });
  if (!photo) throw new RequestError('not-found', 'There is no such photo.');
  return { contentType: photo.contentType, bytes: photo.bytes };
}
