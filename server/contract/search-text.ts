/** What people are searched by. Both sides are folded by the same function: the database knows no letters but ASCII's. */

/**
 * As it is compared: letters of one kind of width and one case, accents in one form. Twice normalized, for small letters
 * may compose anew; the sigma at a word's end is the sigma in it, as a part of a word may end anywhere.
 */
export function foldedText(text: string): string {
  return text.normalize('NFKC').toLowerCase().normalize('NFKC').replaceAll('ς', 'σ');
}

/** The column `search` of a cardholder: each on a line of its own, so that no part is found across two. */
export function searchText(person: { name: string; number?: string | null; unit?: string | null }): string {
  return [person.name, person.number, person.unit].map((each) => foldedText(each ?? '')).join('\n');
}
