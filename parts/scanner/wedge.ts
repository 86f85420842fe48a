/** A scanner that types: told from a person by its speed; pure. */

/** Between two characters of a scanner; people are slower. */
export const gapMs = 60;
/** Shorter texts are no codes. */
const least = 8;

export interface Wedge {
  text: string;
  at: number;
}

export const silent: Wedge = { text: '', at: Number.NEGATIVE_INFINITY };

/** @returns the state after the key, and the whole text when this key ended one */
export function heard({ text, at }: Wedge, key: string, now: number): [Wedge, string?] {
  const before = now - at <= gapMs ? text : '';
  if (key === 'Enter') return before.length >= least ? [silent, before] : [silent];
  return key.length === 1 ? [{ text: before + key, at: now }] : [{ text: before, at }];
}

/** Whether what is being typed is a scanner's already, so that no field takes it. */
export const isScanner = ({ text }: Wedge) => text.length >= 4;
