/** Numbers of identity papers: what can be seen to be wrong with one while it is typed. */

export type IdNumberFault = 'form' | 'check-digit' | 'birth-date';

/**
 * A resident identity card's number, GB 11643: six digits of the region, date of birth, three digits of the order, a
 * check digit by ISO 7064 MOD 11-2 (0 to 9, X for ten). Upper case, as `tidyIdNumber` gives it.
 * @param today `YYYY-MM-DD`, after which nobody is born
 */
export function residentIdFault(number: string, today: string): IdNumberFault | undefined {
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) return 'form';
  if (!isBirthDate(`${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`, today)) {
    return 'birth-date';
  }
  // ISO 7064, section 7: the weights are powers of two modulo 11, and the weighted sum of all 18 is 1 modulo 11.
  let sum = 0;
  for (const digit of number) sum = (sum * 2 + (digit === 'X' ? 10 : Number(digit))) % 11;
  return sum === 1 ? undefined : 'check-digit';
}

/** As it stands on the paper: spaces and hyphens are how people type it, and X may be small. */
export function tidyIdNumber(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
}

/** First and last character, and nothing that tells the person between: for displays that others may see. */
export function maskedIdNumber(number: string): string {
  return number.length < 4
    ? '*'.repeat(number.length)
    : `${number[0]}${'*'.repeat(number.length - 2)}${number.at(-1)}`;
}

/** The months of the calendar do the checking: 30 February becomes another day. */
function isBirthDate(date: string, today: string): boolean {
  const day = new Date(`${date}T00:00:00Z`);
  return (
    !Number.isNaN(day.getTime()) &&
    day.toISOString().startsWith(date) &&
    date >= '1850-01-01' &&
    date <= today
  );
}
