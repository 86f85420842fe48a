/** Use case: a cardholder's PIN, which is hashed at once and never told again. */
import { randomUUID } from 'node:crypto';
import type { By } from '../contract/events.ts';
import type { Cardholder } from '../contract/people.ts';
import { RequestError } from '../errors.ts';
import type { EventLog } from '../events/port.ts';
import { getCardholder } from './cardholder-view.ts';

export interface PinDeps {
  events: Pick<EventLog, 'change'>;
  hashPin(pin: string): Promise<string>;
}

/** The last digit so much higher, round from 9 to 0. */
const shifted = (pin: string, by: number) => `${pin.slice(0, -1)}${(Number(pin.at(-1)) + by + 10) % 10}`;

/**
 * Null takes it away. Throws not-found, and conflict when another has it, or would open with it under duress: one PIN is
 * one person's, whether typed in need or not.
 */
export async function setPin(
  { events, hashPin }: PinDeps,
  id: string,
  pin: string | null,
  by: By,
): Promise<Cardholder> {
  const hashes = pin === null ? [] : await Promise.all([0, 1, -1].map((by) => hashPin(shifted(pin, by))));
  return events.change(async (tx) => {
    await getCardholder(tx, id);
    const before = await tx.pin.findUnique({ where: { cardholderId: id } });
    const [hash] = hashes;
    if (hash === undefined) {
      if (!before) return { result: await getCardholder(tx, id), events: [] };
      await tx.pin.delete({ where: { cardholderId: id } });
      const data = { credentialId: before.id, cardholderId: id };
      return { result: await getCardholder(tx, id), events: [{ type: 'pin.removed', data, ...by }] };
    }
    const taken = await tx.pin.findFirst({ where: { hash: { in: hashes }, cardholderId: { not: id } } });
    if (taken) {
      const message = 'This PIN is too near to another that is in use. Choose another one.';
      throw new RequestError('conflict', message, { why: 'pin.taken' }, [{ path: 'pin', message }]);
    }
    const credentialId = before?.id ?? randomUUID();
    await tx.pin.upsert({
      where: { cardholderId: id },
      create: { id: credentialId, cardholderId: id, hash },
      update: { hash },
    });
    const data = { credentialId, cardholderId: id };
    return { result: await getCardholder(tx, id), events: [{ type: 'pin.set', data, ...by }] };
  });
}
