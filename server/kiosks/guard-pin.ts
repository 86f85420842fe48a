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

/** Each digit follows the one before by the same step: 000000, 123456, 987654. */
function isEasy(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, at) => Number(digit) - Number(pin[at]));
  return Math.abs(steps[0] ?? 0) <= 1 && steps.every((step) => step === steps[0]);
}

/**
 * Null takes it away. Throws invalid-request for one that is guessed first, conflict when another account has it: one PIN
 * is one person's.
 */
export async function setOwnPin(
  { events, hashPin }: GuardPinDeps,
  pin: string | null,
  by: By,
): Promise<void> {
  const accountId = by.actorId;
  if (pin !== null && isEasy(pin)) {
    const message = 'This PIN is guessed first. Choose another.';
    throw new RequestError('invalid-request', message, { why: 'kiosk.pin-easy' }, [{ path: 'pin', message }]);
  }
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
