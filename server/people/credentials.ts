/** Use cases: enrolling a card, and what becomes of it: lost, suspended, found again, its validity. */

import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { type Credential, credentialKey, parseCredentialKey } from '../../hardware/credential.ts';
import type { By } from '../contract/events.ts';
import type { Cardholder, credentialPatch, enrol as enrolSchema } from '../contract/people.ts';
import { credentialStatus } from '../contract/words.ts';
import type { Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import { changedFields, toldChanges } from '../events/changed-fields.ts';
import type { EventLog } from '../events/port.ts';
import { getCardholder, instantOf } from './cardholder-view.ts';
import { parseTyped } from './printed-forms.ts';
import { sameTags } from './same-tag.ts';

interface Deps {
  events: Pick<EventLog, 'change'>;
}

/**
 * A card that a reader showed, or the number that is printed on it. Throws not-found, invalid-request for what is no
 * card number, and conflict, naming whose it is, for a card that is enrolled already or can't be told from one.
 */
export function enrol(
  { events }: Deps,
  cardholderId: string,
  input: z.output<typeof enrolSchema>,
  by: By,
): Promise<Cardholder> {
  return events.change(async (tx) => {
    const holder = await getCardholder(tx, cardholderId);
    const credential = credentialOf(input);
    await checkFree(tx, credential, holder);
    const credentialId = randomUUID();
    await tx.credential.create({
      data: { id: credentialId, key: credentialKey(credential), cardholderId, form: input.form ?? null },
    });
    return {
      result: await getCardholder(tx, cardholderId),
      events: [{ type: 'credential.enrolled', data: { credentialId, cardholderId }, ...by }],
    };
  });
}

function credentialOf(input: z.output<typeof enrolSchema>): Credential {
  const credential = 'key' in input ? parseCredentialKey(input.key) : parseTyped(input.typed, input.form);
  if (credential) return credential;
  const [path, message] =
    'key' in input
      ? ['key', 'This is not the key of a credential.']
      : ['typed', `"${input.typed}" is no card number in the form ${input.form}.`];
  throw new RequestError('invalid-request', message, [{ path, message }]);
}

async function checkFree(tx: Tx, credential: Credential, holder: Cardholder): Promise<void> {
  const [same] = await sameTags(tx, credential);
  if (!same) return;
  const whose = same.cardholderId === holder.id ? 'this person' : same.holder;
  throw new RequestError('conflict', conflictText(credential, same.credential, whose));
}

function conflictText(wanted: Credential, enrolled: Credential, whose: string): string {
  if (wanted.bits === enrolled.bits) return `This card is already enrolled for ${whose}.`;
  return wanted.bits < enrolled.bits
    ? `This short number is also the end of a card of ${whose}. If it is another card, enrol it by its full number, as a reader shows it.`
    : `A card of ${whose} is enrolled by a short number that is also the end of this one. If they are two cards, that one must be enrolled by its full number first.`;
}

/** The words in `reason` go into the record. Throws not-found, and invalid-request for a validity that ends before it begins. */
export function changeCredential(
  { events }: Deps,
  id: string,
  patch: z.output<typeof credentialPatch>,
  by: By,
): Promise<Cardholder> {
  return events.change(async (tx) => {
    const row = await tx.credential.findUnique({ where: { id } });
    if (!row) throw new RequestError('not-found', 'There is no such credential.');
    const { cardholderId } = row;
    const before = {
      status: credentialStatus.parse(row.status),
      validFrom: instantOf(row.validFrom),
      validUntil: instantOf(row.validUntil),
    };
    const changed = changedFields(before, patch);
    if (Object.keys(changed).length === 0)
      return { result: await getCardholder(tx, cardholderId), events: [] };
    const { status, validFrom, validUntil } = { ...before, ...changed };
    if (validFrom !== null && validUntil !== null && validUntil <= validFrom) {
      const message = 'The end of the validity must come after its beginning.';
      throw new RequestError('invalid-request', message, [{ path: 'validUntil', message }]);
    }
    const data = { status, validFrom: bigOf(validFrom), validUntil: bigOf(validUntil) };
    await tx.credential.update({ where: { id }, data });
    const told = changed.status ? { status: changed.status } : {};
    return {
      result: await getCardholder(tx, cardholderId),
      events: [
        {
          type: 'credential.changed',
          data: { credentialId: id, cardholderId, ...toldChanges(before, changed), ...told },
          ...by,
        },
      ],
    };
  });
}

function bigOf(value: number | null): bigint | null {
  return value === null ? null : BigInt(value);
}
