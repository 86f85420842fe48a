/**
 * The silent alarm of a PIN typed under duress: an event of its own, for the passage's, or the refusal's, looks like any
 * other.
 */
import type { NewEvent } from '../contract/events.ts';
import type { CredentialFact, LaneFact, ReaderFact } from './facts.ts';

export function duressEvent(
  { id: readerId, direction }: Pick<ReaderFact, 'id' | 'direction'>,
  { id: laneId, gateId }: Pick<LaneFact, 'id' | 'gateId'>,
  { id: credentialId, cardholder }: Pick<CredentialFact, 'id' | 'cardholder'>,
  at: number,
): NewEvent {
  const where = { gateId, laneId, readerId, direction };
  return { type: 'pin.duress', at, data: { ...where, credentialId, cardholderId: cardholder.id } };
}

/** A locked pad's PINs that may still be looked at for duress: a few at once, and then one more now and then. */
export const lockedLooks = 3;
export const lookEveryMs = 30_000;

/** Looks taken of late, the oldest first; undefined when there is none left. */
export function afterLook(looks: readonly number[], now: number): readonly number[] | undefined {
  const recent = looks.filter((at) => now - at < lockedLooks * lookEveryMs);
  return recent.length < lockedLooks ? [...recent, now] : undefined;
}
