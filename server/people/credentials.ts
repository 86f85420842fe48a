/** Use cases: enrolling a card, and what becomes of it: lost, suspended, found again, its validity. */

import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { type Credential, credentialColumns, parseCredentialKey } from '../../hardware/credential.ts';
import type { By, NewEvent } from '../contract/events.ts';
import type { Cardholder, credentialPatch, enrol as enrolSchema } from '../contract/people.ts';
import type { Told } from '../contract/why.ts';
import { credentialStatus } from '../contract/words.ts';
import type { Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import { changedFields, toldChanges } from '../events/changed-fields.ts';
import type { EventLog } from '../events/port.ts';
import { getCardholder, instantOf } from './cardholder-view.ts';
import { parseTyped } from './printed-forms.ts';
import { type SameTag, sameTags } from './same-tag.ts';

interface Deps {
  events: Pick<EventLog, 'change'>;
}

/**
 * A card that a reader showed, or the number that is printed on it. Throws not-found, invalid-request for what is no
 * card number, and conflict, naming whose it is, for a card that is enrolled already or can't be told from one. A card
 * that its holder reported lost goes to the new one when the asker names it, `lost`; it counts again at once.
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
    const { lost } = input;
    const found = await findLost(tx, credential, holder, lost?.credentialId);
    const credentialId = found?.id ?? randomUUID();
    const data = { ...credentialColumns(credential), cardholderId, form: input.form ?? null };
    if (found) {
      const anew = { status: 'active', validFrom: null, validUntil: null };
      await tx.credential.update({ where: { id: credentialId }, data: { ...data, ...anew } });
    } else await tx.credential.create({ data: { id: credentialId, ...data } });
    const why = found && lost ? { ...by, note: lost.reason } : by;
    const told: NewEvent[] = [{ type: 'credential.enrolled', data: { credentialId, cardholderId }, ...why }];
    if (found) {
      const from = { credentialId, cardholderId: found.cardholderId };
      told.unshift({ type: 'credential.passed-on', data: from, ...why });
    }
    return { result: await getCardholder(tx, cardholderId), events: told };
  });
}

function credentialOf(input: z.output<typeof enrolSchema>): Credential {
  const credential = 'key' in input ? parseCredentialKey(input.key) : parseTyped(input.typed, input.form);
  if (credential) return credential;
  if ('key' in input) {
    const message = 'This is not the key of a credential.';
    throw new RequestError('invalid-request', message, { why: 'card.no-key' }, [{ path: 'key', message }]);
  }
  const { typed, form } = input;
  const message = `"${typed}" is no card number in the form ${form}.`;
  throw new RequestError('invalid-request', message, { why: 'card.no-number', params: { typed, form } }, [
    { path: 'typed', message },
  ]);
}

/** The lost card that this one is, if `wanted` names it. Throws conflict for any other that it is, or may be. */
async function findLost(
  tx: Tx,
  credential: Credential,
  holder: Cardholder,
  wanted: string | undefined,
): Promise<SameTag | undefined> {
  const same = await sameTags(tx, credential);
  const found = same.find((each) => each.id === wanted && mayPassOn(credential, each, holder));
  const other = same.find((each) => each !== found);
  if (other) throw notFree(credential, other, holder);
  return found;
}

/** A short number may be the end of another card than the one that was lost; the card itself shows all its digits. */
function mayPassOn(
  wanted: Credential,
  { credential, cardholderId, lost }: SameTag,
  holder: Cardholder,
): boolean {
  return lost && cardholderId !== holder.id && wanted.bits >= credential.bits;
}

function notFree(wanted: Credential, same: SameTag, holder: Cardholder): RequestError {
  const { id: credentialId, credential, holder: name } = same;
  const own = same.cardholderId === holder.id;
  const whose = own ? 'this person' : name;
  if (mayPassOn(wanted, same, holder)) {
    return new RequestError(
      'conflict',
      `This card is ${whose}'s, reported lost. Name it as \`lost\`, ${credentialId}, with a reason, to give it to its new holder.`,
      { why: 'card.lost', params: { name, credentialId } },
    );
  }
  if (wanted.bits < credential.bits) {
    return new RequestError(
      'conflict',
      `This short number is also the end of a card of ${whose}. If it is another card, enrol it by its full number, as a reader shows it.`,
      { why: 'card.end-of', params: { name } },
    );
  }
  if (wanted.bits > credential.bits) {
    return new RequestError(
      'conflict',
      `A card of ${whose} is enrolled by a short number that is also the end of this one. If they are two cards, that one must be enrolled by its full number first.`,
      { why: 'card.ends-in', params: { name } },
    );
  }
  const told: Told = own
    ? { why: same.lost ? 'card.own-lost' : 'card.own' }
    : { why: 'card.taken', params: { name } };
  return new RequestError('conflict', `This card is already enrolled for ${whose}.`, told);
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
      throw new RequestError('invalid-request', message, { why: 'card.ends-before-begin' }, [
        { path: 'validUntil', message },
      ]);
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
