/** What was scanned or typed into the guard's one field; pure. */

/** `search` is words of a person, or the number of their paper; all are asked of the server in a body. */
export type Scanned = { code: string } | { number: number } | { search: string } | 'too-short';

/** The code of a pass of this school or another; whatever else a scanner sends is as long. */
const passPrefix = /^XM:/i;
const longestSearch = 60;

export function scanned(typed: string): Scanned {
  const text = typed.trim();
  // Caps Lock turns what a scanner types; a code has no small letters.
  if (passPrefix.test(text)) return { code: text.toUpperCase() };
  if (text.length > longestSearch) return { code: text };
  // A badge says 12, or that with a word before it; eleven digits are a telephone number.
  const [, digits] = /^(?:#|no\.?|№|\p{Script=Han}{1,3})?\s*(\d{1,9})$/iu.exec(text.normalize('NFKC')) ?? [];
  if (digits !== undefined) return { number: Number(digits) };
  return [...text].length < 2 ? 'too-short' : { search: text };
}

/** Whether it is a code and nothing that a person types. */
export function isCode(typed: string): boolean {
  const said = scanned(typed);
  return typeof said === 'object' && 'code' in said;
}
