/** The words that a visit still needs, as its row holds them. */
import { z } from 'zod';
import { visitWord } from '../contract/visit-words.ts';

const list = z.array(visitWord);

export function pendingOf(column: string): z.infer<typeof list> {
  return list.parse(JSON.parse(column));
}
