/**
 * Whether two names may be one person's: pure. Rather once too often, for a person decides; but a list that holds up
 * everybody is soon switched off, so two different Chinese names of two characters never agree.
 */

/** As it is compared: width, case, accents, spaces and punctuation make no difference. */
export function plainName(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N} ]/gu, '')
    .replace(/ +/g, ' ')
    .trim();
}

export function sameName(a: string, b: string): 'name' | 'close-name' | undefined {
  const [one, other] = [plainName(a), plainName(b)];
  if (one === '' || other === '') return undefined;
  if (joined(one) === joined(other)) return 'name';
  // Family name first or last.
  if (sorted(one) === sorted(other)) return 'close-name';
  const mistakes = distance(joined(one), joined(other));
  return mistakes <= allowed(joined(one), joined(other)) ? 'close-name' : undefined;
}

const joined = (name: string) => name.replaceAll(' ', '');
const sorted = (name: string) => name.split(' ').toSorted().join(' ');

/** One mistake in a word of five letters, two in nine; of Chinese characters one in four, for each is a syllable. */
function allowed(a: string, b: string): number {
  const length = Math.min([...a].length, [...b].length);
  if (/\p{Script=Han}/u.test(a + b)) return length >= 4 ? 1 : 0;
  return length >= 9 ? 2 : length >= 5 ? 1 : 0;
}

/** Characters to put, leave out, change or swap with the next: the restricted Damerau-Levenshtein distance. */
export function distance(a: string, b: string): number {
  const [one, other] = [[...a], [...b]];
  let before: number[] = [];
  let last = other.map((_, index) => index + 1);
  last.unshift(0);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      row.push(
        Math.min(
          (last[j] ?? 0) + 1,
          (row[j - 1] ?? 0) + 1,
          (last[j - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    before = last;
    last = row;
  }
  return last[other.length] ?? 0;
}
