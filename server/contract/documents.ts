/** An identity document that was laid on a reader, as a form takes it: personal data, told over the socket alone. */
import { z } from 'zod';
import type { idKind } from './visit-words.ts';
import { id } from './words.ts';

export const documentWatch = z.object({ deviceId: id });

/**
 * What a form needs of the card and no more; what could not be read of it is absent. `validUntil` is `YYYY-MM-DD`,
 * absent also where the card never runs out. A photo is not read: there is no open decoder for it.
 *
 * `unread`: `refused` by the reader · `length`, `no-answer` it answered wrongly, or fell silent · `taken-away` too early
 * · `unknown-card` of a kind that nobody has told the fields of.
 */
export type SeenDocument = { deviceId: string; at: number } & (
  | {
      idKind: Extract<z.infer<typeof idKind>, 'resident-id' | 'residence-permit'>;
      name?: string;
      idNumber?: string;
      validUntil?: string;
    }
  | { unread: 'refused' | 'length' | 'no-answer' | 'taken-away' | 'unknown-card' }
);

/**
 * The same as a kiosk is told of it. `known`: somebody was here before with this paper, and says so by the end of their
 * telephone number · `expired`: the card has run out, and nothing more is told of it.
 */
export type KioskDocument =
  | {
      idKind: Extract<z.infer<typeof idKind>, 'resident-id' | 'residence-permit'>;
      name?: string;
      idNumber?: string;
      known: boolean;
    }
  | { unread: Extract<SeenDocument, { unread: string }>['unread'] | 'expired' };
