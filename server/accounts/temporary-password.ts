import { randomInt } from 'node:crypto';
import type { Tx } from '../db.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** When one that is given out now runs out, milliseconds since 1970, by the school's own number of days. */
export async function temporaryUntil(tx: Tx, now: number): Promise<bigint> {
  const { temporaryPasswordDays } = await tx.school.findFirstOrThrow({
    select: { temporaryPasswordDays: true },
  });
  return BigInt(now + temporaryPasswordDays * dayMs);
}

/** No letter or digit that is mistaken for another when it is read aloud or from paper. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Four groups of four, as `k7mp-9wqx-ah3d-t4re`: 79 bits. */
export function temporaryPassword(): string {
  return Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join(''),
  ).join('-');
}
