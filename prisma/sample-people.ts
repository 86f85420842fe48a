/** The sample school's people and cards: made up, and the same ones every time. */
import { credentialColumns, numberCredential, textCredential } from '../hardware/credential.ts';
import type { NewEvent } from '../server/contract/events.ts';
import { searchText } from '../server/contract/search-text.ts';
import type { Tx } from '../server/db.ts';
import type { SampleGroup } from './sample-access.ts';
import { avatarPng } from './sample-avatar.ts';
import type { SampleWords } from './sample-words.ts';

const classes = 12;
const perClass = 29;
const staff = 52;
const guards = 8;
const contractors = 12;
const dayMs = 86_400_000;

interface SamplePerson {
  id: string;
  kind: 'student' | 'staff' | 'guard' | 'contractor';
  number: string;
  unit: string;
  groups: SampleGroup[];
}

interface SampleCredential {
  id: string;
  key: string;
  tail: string | null;
  cardholderId: string;
  form: string | null;
  status: string;
  validFrom: bigint | null;
  validUntil: bigint | null;
}

export async function writePeople(tx: Tx, words: SampleWords, now: number): Promise<NewEvent[]> {
  const people = samplePeople(words);
  const withPhoto = people.filter((_, index) => index % 8 !== 7);
  const photos = withPhoto.map(({ id }) => ({
    id: `photo-${id}`,
    contentType: 'image/png',
    bytes: avatarPng(people.findIndex((each) => each.id === id)),
  }));
  const photographed = new Set(withPhoto.map(({ id }) => id));
  const cardholders = people.map(({ id, kind, number, unit }, index) => {
    const shown = { name: words.name(index), number, unit };
    const photoId = photographed.has(id) ? `photo-${id}` : null;
    return { id, kind, ...shown, search: searchText(shown), status: statusOf(kind, index), photoId };
  });
  const credentials = people.flatMap((person, index) => credentialsOf(person, index, now));
  const members = people.flatMap(({ id, groups }) =>
    groups.map((group) => ({ cardholderId: id, groupId: `group-${group}` })),
  );

  await tx.photo.createMany({ data: photos });
  await tx.cardholder.createMany({ data: cardholders });
  await tx.cardholderGroup.createMany({ data: members });
  await tx.credential.createMany({ data: credentials });
  return [
    ...cardholders.map(({ id }): NewEvent => ({ type: 'cardholder.added', data: { cardholderId: id } })),
    ...credentials.map(
      ({ id, cardholderId }): NewEvent => ({
        type: 'credential.enrolled',
        data: { credentialId: id, cardholderId },
      }),
    ),
  ];
}

function samplePeople(words: SampleWords): SamplePerson[] {
  const people: SamplePerson[] = [];
  const add = (person: Omit<SamplePerson, 'id'>) =>
    people.push({ id: `person-${String(people.length + 1).padStart(4, '0')}`, ...person });
  for (let each = 0; each < classes * perClass; each++) {
    const grade = Math.floor(each / perClass / 4);
    const room = (Math.floor(each / perClass) % 4) + 1;
    const seat = String((each % perClass) + 1).padStart(2, '0');
    add({
      kind: 'student',
      number: `S${grade + 7}${room}${seat}`,
      unit: words.schoolClass(grade, room),
      groups: ['students'],
    });
  }
  for (let each = 0; each < staff; each++) {
    // The first two lead the emergency team.
    const groups: SampleGroup[] = each < 2 ? ['staff', 'responders'] : ['staff'];
    add({ kind: 'staff', number: numbered('T', each), unit: turn(words.staffUnits, each), groups });
  }
  for (let each = 0; each < guards; each++) {
    const groups: SampleGroup[] = each < 4 ? ['guards', 'responders'] : ['guards'];
    add({ kind: 'guard', number: numbered('G', each), unit: words.guardUnit, groups });
  }
  for (let each = 0; each < contractors; each++) {
    const unit = turn(words.contractorUnits, each);
    add({ kind: 'contractor', number: numbered('C', each), unit, groups: ['contractors'] });
  }
  return people;
}

const numbered = (letter: string, index: number) => `${letter}${String(index + 1).padStart(3, '0')}`;
const turn = (list: readonly string[], index: number) => list[index % list.length] ?? '';

function statusOf(kind: SamplePerson['kind'], index: number): string {
  if (kind === 'student' && index === 101) return 'suspended';
  if (index === 202 || (kind === 'contractor' && index % 12 === 5)) return 'left';
  return 'active';
}

function credentialsOf(person: SamplePerson, index: number, now: number): SampleCredential[] {
  // An odd factor: the low 24 bits, which short forms print, are different for each person.
  const low = (0x24_6801 + index * 40_503) % 2 ** 24;
  const tag = numberCredential('em4100', 40, (0x5a_00n << 24n) | BigInt(low));
  if (!tag) return [];
  const usual = { cardholderId: person.id, form: '10H', status: 'active', validFrom: null, validUntil: null };
  const card: SampleCredential = { ...usual, id: `card-${person.id}`, ...credentialColumns(tag) };
  if (index % 60 === 11) card.status = 'lost';
  if (index % 90 === 23) card.status = 'suspended';
  if (index % 120 === 37) card.validUntil = BigInt(now - 10 * dayMs);
  if (index % 200 === 43) card.validFrom = BigInt(now + 7 * dayMs);
  // A contractor's card ends with the contract.
  if (person.kind === 'contractor') card.validUntil ??= BigInt(now + 180 * dayMs);
  const pass =
    person.kind === 'staff' && index % 6 === 0 ? textCredential(`XM-SAMPLE-${person.number}`) : undefined;
  if (!pass) return [card];
  return [card, { ...usual, id: `pass-${person.id}`, ...credentialColumns(pass), form: 'text' }];
}
