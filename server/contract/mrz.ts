/** The machine-readable lines of a passport or an identity card, ICAO Doc 9303: typed, or sent by a scanner. */
import { parse } from 'mrz';

export interface Mrz {
  /** Of the document. */
  number: string;
  /** Surname first, as the lines have it. */
  name: string;
}

/** `mrz-lines`: not all of them, or none of a document · `mrz-check-digit`: read or typed wrong. */
export type MrzFault = 'mrz-lines' | 'mrz-check-digit';

/** Length of a line by the length of all: TD3 passports (part 4), TD1 cards (part 5), TD2 papers (part 6). */
const lineLengths: Record<number, number> = { 88: 44, 90: 30, 72: 36 };

/**
 * @param text the lines one after another, tidied as an identity number is: upper case, without spaces and breaks
 * @returns undefined for what is no such lines, but the number of a paper
 */
export function readMrz(text: string): Mrz | MrzFault | undefined {
  if (!text.includes('<')) return undefined;
  const length = lineLengths[text.length];
  if (length === undefined || !/^[A-Z0-9<]+$/.test(text)) return 'mrz-lines';
  const lines = Array.from({ length: text.length / length }, (_, at) =>
    text.slice(at * length, (at + 1) * length),
  );
  const { fields, documentNumber, details } = parse(lines);
  // The digits alone say whether it was read right: a state that the package does not know is no mistake of the reader.
  if (details.some(({ field, valid }) => !valid && field?.endsWith('CheckDigit'))) return 'mrz-check-digit';
  const name = [fields.lastName, fields.firstName].filter((part) => part).join(' ');
  return documentNumber && name ? { number: documentNumber, name } : 'mrz-lines';
}
