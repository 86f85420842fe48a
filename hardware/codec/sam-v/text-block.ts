/**
 * The 256-byte text block of a resident ID card, and of the cards that foreigners and residents of Hong Kong, Macao
 * and Taiwan hold in its place: UTF-16, low byte first, each field filled up with spaces.
 *
 * Sources: GA/T 490 (fields at wiki.nfc.im, 二代居民身份证); foreigner's permanent residence card at
 * afzhan.com/st170652/news_212938.html. Of the types J (residence permit of Hong Kong, Macao and Taiwan residents)
 * and Y (foreigner's card of 2023) no public source gives the fields: they are named, and not read. None of these has
 * been seen on a card yet.
 */
import type { ForeignerCard, IdentityDocument, ResidentCard, Sex, UnreadableCard } from '../../document.ts';

export const textBlockBytes = 256;

/** Where a field begins and how many bytes it has. */
type Field = readonly [at: number, bytes: number];

/** Byte 248: blank on a resident's own card. */
const typeField: Field = [248, 2];

const resident = {
  name: [0, 30],
  sex: [30, 2],
  ethnicity: [32, 4],
  birth: [36, 16],
  address: [52, 70],
  number: [122, 36],
  issuer: [158, 30],
  validFrom: [188, 16],
  validUntil: [204, 16],
} as const satisfies Record<Exclude<keyof ResidentCard, 'kind'>, Field>;

const foreigner = {
  name: [0, 120],
  sex: [120, 2],
  number: [122, 30],
  nationality: [152, 6],
  chineseName: [158, 30],
  validFrom: [188, 16],
  validUntil: [204, 16],
  birth: [220, 16],
  version: [236, 4],
  agency: [240, 8],
} as const satisfies Record<Exclude<keyof ForeignerCard, 'kind'>, Field>;

const unreadable: Record<string, UnreadableCard['kind']> = {
  J: 'residence-permit',
  Y: 'foreigner-card-2023',
};
const foreignerType = 'I';
const longTerm = '长期';

const sexes: Record<string, Sex> = { '1': 'male', '2': 'female' };

/** What the card says; undefined when the block is not 256 bytes. Never throws. */
export function decodeTextBlock(block: Uint8Array): IdentityDocument | undefined {
  if (block.length !== textBlockBytes) return undefined;
  const type = textAt(block, typeField);
  if (type === '') return residentCard(block);
  if (type === foreignerType) return foreignerCard(block);
  return { kind: unreadable[type ?? ''] ?? 'unknown-card', type: type ?? '' };
}

function residentCard(block: Uint8Array): ResidentCard {
  const until = textAt(block, resident.validUntil);
  return given<ResidentCard>({
    kind: 'resident-card',
    name: textAt(block, resident.name),
    sex: sexes[textAt(block, resident.sex) ?? ''],
    ethnicity: textAt(block, resident.ethnicity),
    birth: dateOf(textAt(block, resident.birth)),
    address: textAt(block, resident.address),
    number: textAt(block, resident.number),
    issuer: textAt(block, resident.issuer),
    validFrom: dateOf(textAt(block, resident.validFrom)),
    validUntil: until === longTerm ? 'long-term' : dateOf(until),
  });
}

function foreignerCard(block: Uint8Array): ForeignerCard {
  return given<ForeignerCard>({
    kind: 'foreigner-card',
    name: textAt(block, foreigner.name),
    sex: sexes[textAt(block, foreigner.sex) ?? ''],
    number: textAt(block, foreigner.number),
    nationality: textAt(block, foreigner.nationality),
    chineseName: textAt(block, foreigner.chineseName),
    validFrom: dateOf(textAt(block, foreigner.validFrom)),
    validUntil: dateOf(textAt(block, foreigner.validUntil)),
    birth: dateOf(textAt(block, foreigner.birth)),
    version: textAt(block, foreigner.version),
    agency: textAt(block, foreigner.agency),
  });
}

/** Only the fields that there are. */
function given<T extends object>(fields: { [K in keyof Required<T>]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value)) as T;
}

/** The text without the spaces, or zeros, that fill it up; undefined when it is none that could be shown. */
function textAt(block: Uint8Array, [at, bytes]: Field): string | undefined {
  let text = '';
  for (let low = at; low < at + bytes; low += 2) {
    text += String.fromCharCode((block[low] ?? 0) | ((block[low + 1] ?? 0) << 8));
  }
  text = text.replace(/^ +|[ \0]+$/g, '');
  // Characters for private use stay: cards write rare names with them.
  return /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\uFFFE\uFFFF]/u.test(text) ? undefined : text;
}

/** `YYYYMMDD` as `YYYY-MM-DD`; undefined for a day that no calendar has. */
function dateOf(text: string | undefined): string | undefined {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(text ?? '') ?? [];
  const date = `${year}-${month}-${day}`;
  const time = Date.parse(`${date}T00:00:00Z`);
  // Taken by itself, the 30th of February would be the 2nd of March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date) ? date : undefined;
}

/** The block of a card, for the simulated reader. A RangeError for a field that has no room. */
export function encodeTextBlock(document: IdentityDocument): Uint8Array {
  const block = new Uint8Array(textBlockBytes);
  const put = ([at, bytes]: Field, text: string): void => {
    const units = text.padEnd(bytes / 2);
    if (units.length * 2 > bytes) throw new RangeError(`a field of ${bytes} bytes has no room for its text`);
    for (let index = 0; index < units.length; index += 1) {
      const unit = units.charCodeAt(index);
      block.set([unit & 0xff, unit >> 8], at + index * 2);
    }
  };
  put([0, textBlockBytes], '');
  if (document.kind === 'resident-card' || document.kind === 'foreigner-card') {
    const layout: Record<string, Field> = document.kind === 'resident-card' ? resident : foreigner;
    for (const [name, value] of Object.entries(document)) {
      const field = layout[name];
      if (field) put(field, printed(name, value));
    }
    if (document.kind === 'foreigner-card') put(typeField, foreignerType);
  } else put(typeField, document.type);
  return block;
}

const dates: readonly string[] = ['birth', 'validFrom', 'validUntil'];

function printed(name: string, value: string): string {
  if (name === 'sex') return value === 'male' ? '1' : '2';
  if (value === 'long-term' && name === 'validUntil') return longTerm;
  return dates.includes(name) ? value.replaceAll('-', '') : value;
}
