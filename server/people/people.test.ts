import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCredentialKey } from '../../hardware/credential.ts';
import { type TestStore, testStore } from '../../tests/lane-store.ts';
import { cardholderInput, peopleQuery } from '../contract/people.ts';
import { RequestError } from '../errors.ts';
import { getCardholder } from './cardholder-view.ts';
import { addCardholder, changeCardholder } from './cardholders.ts';
import { changeCredential, enrol } from './credentials.ts';
import { readPhoto, setPhoto } from './photos.ts';
import { sameTags, sameTagsSql } from './same-tag.ts';
import { searchPeople } from './search-people.ts';

const actor = 'account-1';
const by = { actorId: actor };
let store: TestStore;
beforeEach(async () => {
  store = await testStore();
  await store.db.transaction((tx) =>
    tx.accessGroup.createMany({
      data: [
        { id: 'g1', name: 'Students' },
        { id: 'g2', name: 'Staff' },
      ],
    }),
  );
});
afterEach(() => store.close());

const add = (name: string, more: object = {}) =>
  addCardholder(store, cardholderInput.parse({ kind: 'student', name, ...more }), by);
const last = async () => {
  const { type, data, actorId, note } = (await store.logged()).at(-1) ?? {};
  return { type, data, actorId, ...(note === undefined ? {} : { note }) };
};
async function refusal(work: Promise<unknown>): Promise<[string, string]> {
  const before = store.events.head().seq;
  const error = await work.catch((each: unknown) => each);
  if (!(error instanceof RequestError)) throw new Error(`no refusal: ${String(error)}`);
  expect(store.events.head().seq).toBe(before);
  return [error.code, error.message];
}

describe('cardholders', () => {
  it('are added with their groups', async () => {
    const person = await add('Li Example', { number: 'S1', unit: 'Class 1', groupIds: ['g2', 'g1', 'g1'] });
    expect(person).toMatchObject({
      name: 'Li Example',
      number: 'S1',
      status: 'active',
      groupIds: ['g1', 'g2'],
    });
    expect(await getCardholder(store.db.reader, person.id)).toEqual(person);
    expect(await last()).toEqual({
      type: 'cardholder.added',
      data: { cardholderId: person.id },
      actorId: actor,
    });
  });

  it('refuse a number that is taken, and a group that is not there, and keep nothing', async () => {
    await add('Li Example', { number: 'S1' });
    expect(await refusal(add('Wang Example', { number: 'S1' }))).toEqual([
      'conflict',
      'The number S1 already belongs to Li Example.',
    ]);
    expect((await refusal(add('Wang Example', { groupIds: ['g1', 'none'] })))[0]).toBe('invalid-request');
    expect(await store.db.reader.cardholder.count()).toBe(1);
  });

  it('change, naming the fields and not their contents', async () => {
    const { id } = await add('Li Example', { number: 'S1', groupIds: ['g1'] });
    const changed = await changeCardholder(
      store,
      id,
      { name: 'Li Sample', number: 'S1', addGroupIds: ['g2'], removeGroupIds: ['g1'] },
      by,
    );
    expect(changed).toMatchObject({ name: 'Li Sample', groupIds: ['g2'] });
    expect((await last()).data).toEqual({
      cardholderId: id,
      fields: ['name', 'groupIds'],
      changes: { groupIds: { from: ['g1'], to: ['g2'] } },
    });
    const again = { unit: null, addGroupIds: ['g2', 'g2'], removeGroupIds: ['g1'] };
    await changeCardholder(store, id, again, by);
    expect(store.events.head().seq).toBe(2);
    expect((await refusal(changeCardholder(store, id, { addGroupIds: ['none'] }, by)))[0]).toBe(
      'invalid-request',
    );
    expect((await refusal(changeCardholder(store, 'none', { name: 'x' }, by)))[0]).toBe('not-found');
  });

  it('leave with a reason, and keep their credentials', async () => {
    const { id } = await add('Li Example');
    await enrol(store, id, { key: 'em4100:40:0100E7E73C' }, by);
    const left = await changeCardholder(store, id, { status: 'left' }, { ...by, note: 'moved away' });
    expect(left.credentials).toMatchObject([{ status: 'active' }]);
    expect(await last()).toEqual({
      type: 'cardholder.changed',
      data: {
        cardholderId: id,
        fields: ['status'],
        status: 'left',
        changes: { status: { from: 'active', to: 'left' } },
      },
      actorId: actor,
      note: 'moved away',
    });
  });

  it('show where they were last seen', async () => {
    const { id } = await add('Li Example');
    const row = { cardholderId: id, zoneId: 'z1', laneId: 'l1', direction: 'in', at: 5n, seq: 1n };
    await store.db.transaction((tx) => tx.presence.create({ data: row }));
    expect((await getCardholder(store.db.reader, id)).lastSeen).toEqual({
      laneId: 'l1',
      direction: 'in',
      at: 5,
      inside: true,
    });
  });
});

it('keeps one photo a person, and forgets the one before', async () => {
  const { id } = await add('Li Example');
  const picture = { contentType: 'image/png', bytes: Uint8Array.of(1, 2) };
  const first = await setPhoto(store, id, picture, by);
  const silent = setPhoto(store, id, picture, by);
  await expect(silent).rejects.toMatchObject({ told: { why: 'photo.no-reason' } });
  const second = await setPhoto(
    store,
    id,
    { contentType: 'image/jpeg', bytes: Uint8Array.of(3) },
    { ...by, note: 'newer' },
  );
  expect(second.photoId).not.toBe(first.photoId);
  expect(await readPhoto(store.db, second.photoId ?? '')).toEqual({
    contentType: 'image/jpeg',
    bytes: Uint8Array.of(3),
  });
  expect((await refusal(readPhoto(store.db, first.photoId ?? '')))[0]).toBe('not-found');
  expect((await last()).data).toEqual({
    cardholderId: id,
    fields: ['photoId'],
    changes: { photoId: { from: first.photoId, to: second.photoId } },
  });
});

describe('enrolling', () => {
  it('takes what a reader showed, and what is printed, and keeps the canonical key', async () => {
    const { id } = await add('Li Example');
    await enrol(store, id, { key: 'em4100:40:0100E7E73C', form: '10H' }, by);
    const { credentials } = await enrol(store, id, { typed: '００１２３４５６７８', form: '8H10D' }, by);
    expect(credentials.map(({ key, form }) => [key, form])).toEqual([
      ['em4100:40:0100E7E73C', '10H'],
      ['em4100:32:00BC614E', '8H10D'],
    ]);
    expect(credentials[0]?.printed).toContainEqual({ form: '8H10D', text: '0015198012' });
    expect(credentials[1]?.printed.map(({ form }) => form)).not.toContain('10H');
    expect(await last()).toEqual({
      type: 'credential.enrolled',
      data: { credentialId: credentials[1]?.id, cardholderId: id },
      actorId: actor,
    });
  });

  it('refuses what is no card number', async () => {
    const { id } = await add('Li Example');
    expect((await refusal(enrol(store, id, { key: 'nonsense' }, by)))[0]).toBe('invalid-request');
    expect(await refusal(enrol(store, id, { typed: '12', form: '10H' }, by))).toEqual([
      'invalid-request',
      '"12" is no card number in the form 10H.',
    ]);
    expect((await refusal(enrol(store, 'none', { key: 'text:8:x' }, by)))[0]).toBe('not-found');
  });

  it('names whose the card already is', async () => {
    const [li, wang] = [await add('Li Example'), await add('Wang Example')];
    await enrol(store, li.id, { key: 'em4100:40:0100E7E73C' }, by);
    expect(await refusal(enrol(store, wang.id, { typed: '0100e7e73c', form: '10H' }, by))).toEqual([
      'conflict',
      'This card is already enrolled for Li Example.',
    ]);
    expect(await refusal(enrol(store, li.id, { key: 'em4100:40:0100E7E73C' }, by))).toEqual([
      'conflict',
      'This card is already enrolled for this person.',
    ]);
  });

  it('gives a card that was reported lost to another, when asked by its id, and records both', async () => {
    const [li, wang] = [await add('Li Example'), await add('Wang Example')];
    const reason = 'handed in';
    const key = 'em4100:40:0100E7E73C';
    const [card] = (await enrol(store, li.id, { key, form: '10H' }, by)).credentials;
    const credentialId = card?.id ?? '';
    await changeCredential(store, credentialId, { status: 'lost', validUntil: 5_000 }, by);
    const told = async (input: Parameters<typeof enrol>[2], to = wang.id) => {
      await refusal(enrol(store, to, input, by));
      return enrol(store, to, input, by).catch((error: RequestError) => error.told);
    };
    expect(await told({ key })).toEqual({ why: 'card.lost', params: { name: 'Li Example', credentialId } });
    expect(await told({ key, lost: { credentialId: 'another', reason } })).toMatchObject({
      why: 'card.lost',
    });
    expect(await told({ key, lost: { credentialId, reason } }, li.id)).toEqual({ why: 'card.own-lost' });
    // The short number may be the end of another card than the lost one.
    expect(await told({ key: 'em4100:24:E7E73C', lost: { credentialId, reason } })).toMatchObject({
      why: 'card.end-of',
    });

    const given = await enrol(store, wang.id, { key, lost: { credentialId, reason } }, by);
    expect(given.credentials).toMatchObject([
      { id: credentialId, key, status: 'active', validFrom: null, validUntil: null, form: null },
    ]);
    expect((await getCardholder(store.db.reader, li.id)).credentials).toEqual([]);
    const record = (await store.logged())
      .slice(-2)
      .map(({ type, data, actorId, note }) => ({ type, data, actorId, note }));
    const who = { actorId: actor, note: reason };
    expect(record).toEqual([
      { type: 'credential.passed-on', data: { credentialId, cardholderId: li.id }, ...who },
      { type: 'credential.enrolled', data: { credentialId, cardholderId: wang.id }, ...who },
    ]);
    expect(await told({ key, lost: { credentialId, reason } }, li.id)).toMatchObject({ why: 'card.taken' });
  });

  it('takes a lost card that was enrolled by a short number by all its digits', async () => {
    const [li, wang] = [await add('Li Example'), await add('Wang Example')];
    const [card] = (await enrol(store, li.id, { key: 'em4100:24:E7E73C' }, by)).credentials;
    const lost = { credentialId: card?.id ?? '', reason: 'handed in' };
    await changeCredential(store, lost.credentialId, { status: 'lost' }, by);
    const key = 'em4100:40:0100E7E73C';
    expect((await enrol(store, wang.id, { key, lost }, by)).credentials).toMatchObject([
      { id: lost.credentialId, key },
    ]);
  });

  it('refuses a short number that is the end of another card, and the card whose end is enrolled', async () => {
    const [li, wang] = [await add('Li Example'), await add('Wang Example')];
    await enrol(store, li.id, { key: 'em4100:40:0100E7E73C' }, by);
    const [code, short] = await refusal(enrol(store, wang.id, { key: 'em4100:24:E7E73C' }, by));
    expect(code).toBe('conflict');
    expect(short).toMatch(/^This short number is also the end of a card of Li Example\./);
    await enrol(store, li.id, { key: 'em4100:24:ABCDEF' }, by);
    const [, long] = await refusal(enrol(store, wang.id, { key: 'em4100:40:0100ABCDEF' }, by));
    expect(long).toMatch(/^A card of Li Example is enrolled by a short number/);
    // Two whole tags that end alike are two tags.
    await enrol(store, wang.id, { key: 'em4100:40:0200E7E73C' }, by);
  });
});

describe('the look-up of a tag', () => {
  it('reads no more than what may be the same', async () => {
    const steps = await store.db.reader.$queryRawUnsafe<{ detail: string }[]>(
      `EXPLAIN QUERY PLAN ${sameTagsSql}`,
      'em4100:40:0100E7E73C',
      'E7E73C',
    );
    expect(steps.map(({ detail }) => detail).filter((detail) => detail.startsWith('SCAN'))).toEqual([]);
  });

  it('finds each form by each other and tells tags apart', async () => {
    const forms = ['em4100:40:0100E7E73C', 'em4100:32:00E7E73C', 'em4100:24:E7E73C'];
    for (const enrolled of forms) {
      const { id } = await add(enrolled);
      await enrol(store, id, { key: enrolled }, by);
      for (const asked of forms) expect([asked, await holders(asked)]).toEqual([asked, [enrolled]]);
      expect(await holders('em4100:40:0100E7E73D')).toEqual([]);
      if (enrolled !== 'em4100:24:E7E73C') expect(await holders('em4100:32:01E7E73C')).toEqual([]);
      await store.db.transaction((tx) => tx.credential.deleteMany());
    }
  });

  async function holders(key: string): Promise<string[]> {
    const credential = parseCredentialKey(key);
    return credential ? (await sameTags(store.db.reader, credential)).map(({ holder }) => holder) : [];
  }
});

describe('a credential', () => {
  it('is lost with a reason, found again, and valid for a time', async () => {
    const { id } = await add('Li Example');
    const enrolled = await enrol(store, id, { key: 'text:32:QR-1' }, by);
    const credentialId = enrolled.credentials[0]?.id ?? '';
    const lost = await changeCredential(
      store,
      credentialId,
      { status: 'lost' },
      { ...by, note: 'on the bus' },
    );
    expect(lost.credentials).toMatchObject([{ status: 'lost' }]);
    expect(await last()).toEqual({
      type: 'credential.changed',
      data: {
        credentialId,
        cardholderId: id,
        fields: ['status'],
        status: 'lost',
        changes: { status: { from: 'active', to: 'lost' } },
      },
      actorId: actor,
      note: 'on the bus',
    });
    const valid = { status: 'active', validFrom: 1_000, validUntil: 2_000 } as const;
    const found = await changeCredential(store, credentialId, valid, by);
    expect(found.credentials).toMatchObject([valid]);
    const { seq } = store.events.head();
    await changeCredential(store, credentialId, { validUntil: 2_000 }, by);
    expect(store.events.head().seq).toBe(seq);
    expect((await refusal(changeCredential(store, credentialId, { validUntil: 1_000 }, by)))[0]).toBe(
      'invalid-request',
    );
    expect((await changeCredential(store, credentialId, { validUntil: null }, by)).credentials).toMatchObject(
      [{ validUntil: null }],
    );
    expect((await refusal(changeCredential(store, 'none', { status: 'lost' }, by)))[0]).toBe('not-found');
  });
});

describe('searching', () => {
  const search = (query: object) => searchPeople(store.db.questions, peopleQuery.parse(query));
  const names = async (query: object) => (await search(query)).people.map(({ name }) => name);

  it('finds by part of a name, number or class, and takes % and _ as they are', async () => {
    await add('李样例', { number: 'S-100', unit: '一年级1班' });
    await add('Ann 100% Sample', { number: 'T_1', unit: 'Science' });
    await add('Bob Sample', { number: 'TX1', kind: 'staff' });
    expect(await names({ text: '样' })).toEqual(['李样例']);
    expect(await names({ text: '1班' })).toEqual(['李样例']);
    expect(await names({ text: 'SAMPLE' })).toEqual(['Ann 100% Sample', 'Bob Sample']);
    expect(await names({ text: '%' })).toEqual(['Ann 100% Sample']);
    expect(await names({ text: 'T_1' })).toEqual(['Ann 100% Sample']);
    expect(await names({ text: '\\' })).toEqual([]);
    expect(await names({ text: "'; DROP TABLE x" })).toEqual([]);
    expect(await names({ text: 'sample', kind: 'staff' })).toEqual(['Bob Sample']);
    expect(await names({ status: 'left' })).toEqual([]);
  });

  it.each([
    ['Émile Zola', 'ÉMILE'],
    ['Émile Zola', 'e\u0301mile'],
    ['Özil', 'özil'],
    ['Ольга', 'ольга'],
    ['ａｂｃ Full', 'abc full'],
    ['Abc Half', 'ａＢＣ'],
    ['ΟΔΟΣ', 'οδοσ'],
  ])('finds %s by %s, added or so renamed', async (name, text) => {
    await add(name, { unit: name });
    const { id } = await add('Another', { number: 'A1' });
    expect(await names({ text })).toEqual([name]);
    await changeCardholder(store, id, { name }, by);
    expect(await names({ text })).toEqual([name, name]);
    expect(await names({ text: 'a1' })).toEqual([name]);
    expect(await names({ text: 'another' })).toEqual([]);
  });

  it('finds nobody by what no one is called, whatever nobody sees stands before it', async () => {
    await add('Li Example', { number: 'S1', unit: 'Class 1' });
    expect(await names({ text: '\0nobody' })).toEqual([]);
    expect(await names({ text: 'Example S1' })).toEqual([]);
  });

  it('finds the members of a group', async () => {
    await add('Li Example', { groupIds: ['g1', 'g2'] });
    await add('Wang Example', { groupIds: ['g2'] });
    expect(await names({ groupId: 'g1' })).toEqual(['Li Example']);
    expect(await names({ groupId: 'g2', text: 'wang' })).toEqual(['Wang Example']);
    expect((await search({ groupId: 'g2', limit: '1' })).total).toBe(2);
    expect(await names({ groupId: 'none' })).toEqual([]);
  });

  it('finds by a card number in every form it may be printed in', async () => {
    const { id } = await add('Li Example');
    await add('Wang Example');
    await enrol(store, id, { key: 'em4100:40:0100E7E73C' }, by);
    await enrol(store, id, { key: 'wiegand:26:20123AB' }, by);
    await enrol(store, id, { key: 'text:40:QR-42' }, by);
    const { credentials } = await getCardholder(store.db.reader, id);
    const printed = credentials.flatMap((each) => each.printed.map(({ text }) => text));
    expect(printed.length).toBeGreaterThan(7);
    for (const text of [...printed, '20123ab', 'em4100:40:0100E7E73C', '００１５１９８０１２']) {
      expect([text, await names({ text })]).toEqual([text, ['Li Example']]);
    }
    expect(await names({ text: '0015198013' })).toEqual([]);
  });

  it('pages without gap or double, also while people are added', async () => {
    for (let n = 0; n < 7; n++) await add(`Person ${n % 3}`, { number: `N${n}` });
    const seen: string[] = [];
    let page = await search({ limit: 3 });
    expect(page.total).toBe(7);
    await add('A before all');
    for (;;) {
      seen.push(...page.people.map(({ number }) => number ?? ''));
      if (!page.next) break;
      page = await search({ limit: 3, after: page.next });
    }
    expect(seen.toSorted()).toEqual(['N0', 'N1', 'N2', 'N3', 'N4', 'N5', 'N6']);
    expect((await refusal(search({ after: 'none' })))[0]).toBe('invalid-request');
  });
});
