/** Use case: the PIN by which an account signs in at a kiosk; hashed at once and never told again. */
import type { By } from '../contract/events.ts';
import { RequestError } from '../errors.ts';
import type { EventLog } from '../events/port.ts';

export interface GuardPinDeps {
  events: Pick<EventLog, 'change'>;
  hashPin(pin: string): Promise<string>;
}

/** A PIN of lanes and one of kiosks are told apart: the hash of one finds nothing among the others. */
export const kioskPinText = (pin: string) => `kiosk ${pin}`;

/** Null takes it away. Throws conflict when another account has it: one PIN is one person's. */
export async function setOwnPin(
  { events, hashPin }: GuardPinDeps,
  pin: string | null,
  by: By,
): Promise<void> {
  const accountId = by.actorId;
  const hash = pin === null ? undefined : await hashPin(kioskPinText(pin));
  await events.change(async (tx) => {
    const before = await tx.kioskPin.findUnique({ where: { accountId } });
    if (hash === undefined) {
      if (!before) return { result: undefined, events: [] };
      await tx.kioskPin.delete({ where: { accountId } });
      return { result: undefined, events: [{ type: 'kiosk-pin.removed', data: { accountId }, ...by }] };
    }
    const taken = await tx.kioskPin.findUnique({ where: { hash } });
    if (taken && taken.accountId !== accountId) {
      const message = 'Choose another PIN.';
      throw new RequestError('conflict', message, { why: 'kiosk.pin-taken' }, [{ path: 'pin', message }]);
    }
    await tx.kioskPin.upsert({ where: { accountId }, create: { accountId, hash }, update: { hash } });
    return { result: undefined, events: [{ type: 'kiosk-pin.set', data: { accountId }, ...by }] };
  });
}
