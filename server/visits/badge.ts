/** The badge of a visitor as a page for a receipt printer, in both languages: it is read by whoever meets its wearer. */
import type { PaperPart } from '../../hardware/paper.ts';
import type { Language } from '../contract/words.ts';

export interface BadgeFacts {
  school: string;
  visitor: string;
  type: { names: Record<Language, string>; escort: boolean };
  host: string | null;
  department: string | null;
  number: number;
  /** On the school's clocks, `YYYY-MM-DD HH:MM`. */
  validFrom: string;
  validUntil: string;
  /** The squares of the QR code, true for black; absent where the code changes by the half minute. */
  code?: boolean[][];
}

/** As much white around a QR code as ISO/IEC 18004, 9.1 asks for, in its squares. */
const quiet = 4;
const codeMillimetres = 38;

/** The photo is not on it: nothing here decodes one, and paper of one colour shows no face to know somebody by. */
export function badgePage(facts: BadgeFacts): PaperPart[] {
  const { school, visitor, type, host, department, number, validFrom, validUntil, code } = facts;
  const where = [host, department].filter(Boolean).join(' · ');
  const { 'zh-CN': chinese, en: english } = type.names;
  const until = validUntil.slice(0, 10) === validFrom.slice(0, 10) ? validUntil.slice(11) : validUntil;
  const kind = chinese === english ? chinese : `${chinese} ${english}`;
  return [
    { kind: 'text', text: school, centred: true },
    { kind: 'text', text: ` ${kind} `, size: 2, centred: true, inverse: true },
    { kind: 'text', text: visitor, size: 'fit', centred: true, bold: true },
    { kind: 'rule' },
    ...(where ? [line(`访问 To see: ${where}`)] : []),
    line(`有效 Valid: ${validFrom} - ${until}`),
    line(`编号 Pass: ${number}`),
    ...(type.escort ? [line('须有人陪同 Only with an escort', true)] : []),
    code
      ? { kind: 'picture', rows: framed(code), millimetres: codeMillimetres }
      : line('通行码请在手机上出示。 Show the code on your phone.'),
    { kind: 'rule' },
    line('遇紧急情况：听从教职工指挥，从安全出口撤离，到集合点报到。请将本证佩戴在明显位置，离校时交回。'),
    line(
      'In an emergency: follow the staff, leave by the marked exits, go to the assembly point and report there. ' +
        'Wear this badge where it can be seen and give it back when you leave.',
    ),
  ];
}

function line(text: string, bold = false): PaperPart {
  return { kind: 'text', text, bold };
}

function framed(code: boolean[][]): boolean[][] {
  const width = (code[0]?.length ?? 0) + 2 * quiet;
  const empty = Array.from({ length: quiet }, () => Array.from({ length: width }, () => false));
  const side = Array.from({ length: quiet }, () => false);
  return [...empty, ...code.map((row) => [...side, ...row, ...side]), ...empty];
}
