/** Why a password is too easy to guess; the same answer on the screen and on the server. Pure. */
import { commonPasswords } from './common-passwords.ts';
import { foldedText } from './search-text.ts';

export type PasswordWeakness = 'common' | 'username' | 'school';

/** What a guesser has to find beside what stands on the door. */
const leastOwn = 6;

export function passwordWeakness(
  password: string,
  { username = '', schoolName = '' }: { username?: string | undefined; schoolName?: string | undefined },
): PasswordWeakness | undefined {
  const plain = lettersAndDigits(password);
  if (isMade(plain, lettersAndDigits(username))) return 'username';
  if (isMade(plain, lettersAndDigits(schoolName))) return 'school';
  return isCommon(foldedText(password)) ? 'common' : undefined;
}

const lettersAndDigits = (text: string) => foldedText(text).replace(/[^\p{L}\p{N}]+/gu, '');

/** Whether the password is `part` with hardly anything around it. */
function isMade(password: string, part: string): boolean {
  return part.length >= 2 && password.includes(part) && password.replaceAll(part, '').length < leastOwn;
}

function isCommon(folded: string): boolean {
  const plain = lettersAndDigits(folded);
  const letters = plain.replace(/\P{L}+/gu, '');
  const digits = plain.replace(/\P{N}+/gu, '');
  const core = withLetters(folded.replace(/^[^\p{L}@$]+|[^\p{L}@$]+$/gu, ''));
  if ([plain, letters, core].some((each) => commonPasswords.has(each))) return true;
  // Signs alone, or one character again and again.
  if (plain === '') return isRepeated(folded);
  // A letter or two beside a run of digits: "a1234567890".
  return letters.length <= 3 ? isEasy(digits) || commonPasswords.has(digits) : isEasy(plain);
}

const asLetters: Record<string, string> = {
  '@': 'a',
  $: 's',
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
};

/** "p@ssw0rd" */
function withLetters(text: string): string {
  return [...text]
    .map((each) => asLetters[each] ?? each)
    .join('')
    .replace(/\P{L}+/gu, '');
}

const isEasy = (text: string) => isRun(text) || isRepeated(text);

/** "34567890", "hgfedcba": each one after the other, 0 after 9. */
function isRun(text: string): boolean {
  const codes = [...text].map((each) => (each === '0' ? 58 : (each.codePointAt(0) ?? 0)));
  const steps = new Set(codes.slice(1).map((code, index) => code - (codes[index] ?? 0)));
  const [step = 0] = steps;
  return steps.size === 1 && Math.abs(step) === 1;
}

/** "111111", "123412341": a piece of up to four characters, over and over. */
function isRepeated(text: string): boolean {
  return [1, 2, 3, 4].some(
    (length) => text.length >= 2 * length && text.slice(length) === text.slice(0, -length),
  );
}
