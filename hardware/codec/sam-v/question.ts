/**
 * What a SAM_V module is asked, and which replies answer. A reply does not say to which command it belongs, and one
 * that was given up may still come: it is told from the awaited one by its status and its length.
 *
 *   module status   11 FF   90
 *   find a card     20 01   9F found, with 4 bytes · 80 none
 *   select it       20 02   90 with 8 bytes · 81 there is none
 *   read it         30 01   90 with text and photo · 41 it could not be read
 *
 * Source: the command tables named in frame.ts. What other statuses mean is not public: they are told as they are, and
 * answer whatever was asked.
 */
import type { SamReply } from './frame.ts';

export const samStatus = {
  done: '000090',
  found: '00009F',
  noCard: '000080',
  notSelected: '000081',
  unreadable: '000041',
} as const;
const known: readonly string[] = Object.values(samStatus);

export const foundBytes = 4;
export const selectedBytes = 8;

export interface SamQuestion {
  code: number;
  /** Known statuses that answer it, beside a `done` of the right length. */
  answers: readonly string[];
  /** Least and most bytes of data with `done`. Absent: `done` does not answer it. */
  doneWith?: readonly [number, number];
}

export const samQuestions = {
  status: { code: 0x11ff, answers: [], doneWith: [0, 0] },
  find: { code: 0x2001, answers: [samStatus.found, samStatus.noCard] },
  select: { code: 0x2002, answers: [samStatus.notSelected], doneWith: [selectedBytes, selectedBytes] },
  // Too short or too long is still an answer, and not one to be read.
  read: {
    code: 0x3001,
    answers: [samStatus.unreadable],
    doneWith: [selectedBytes + 1, Number.POSITIVE_INFINITY],
  },
} as const satisfies Record<string, SamQuestion>;

/** Whether this reply can be the one to `question`, and is not a late one to another. */
export function answers({ status, data }: SamReply, question: SamQuestion): boolean {
  if (!known.includes(status)) return true;
  if (status !== samStatus.done) return question.answers.includes(status);
  const [least, most] = question.doneWith ?? [1, 0];
  return data.length >= least && data.length <= most;
}
