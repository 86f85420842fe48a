import { randomInt } from 'node:crypto';

/** No letter or digit that is mistaken for another when it is read aloud or from paper. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Four groups of four, as `k7mp-9wqx-ah3d-t4re`: 79 bits. */
export function temporaryPassword(): string {
  return Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join(''),
  ).join('-');
}
