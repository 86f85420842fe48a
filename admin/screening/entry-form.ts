/** The form of a new entry as the server takes it; pure. */
import type { z } from 'zod';
import type { screeningInput } from '../../server/contract/screening.ts';
import type { IdKind } from '../../server/contract/visit-words.ts';
import { endOfDay } from '../ui/day-bounds.ts';

export interface EntryForm {
  list: 'deny' | 'watch';
  name: string;
  aliases?: string[];
  idKind?: IdKind;
  idNumber?: string;
  phone?: string;
  reason: string;
  responderId?: string;
  /** `YYYY-MM-DD` */
  lastDay?: string;
}

export function entryOf(
  { aliases = [], idKind, idNumber, phone, responderId, lastDay, ...rest }: EntryForm,
  timeZone: string,
): z.input<typeof screeningInput> {
  const number = idNumber?.trim();
  return {
    ...rest,
    aliases: [...new Set(aliases.map((each) => each.trim()))].filter(
      (each) => each !== '' && each !== rest.name,
    ),
    ...(idKind && number ? { idKind, idNumber: number } : {}),
    ...(phone?.trim() ? { phone: phone.trim() } : {}),
    responderId: responderId ?? null,
    validUntil: lastDay ? endOfDay(lastDay, timeZone) : null,
  };
}
