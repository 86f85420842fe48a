import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../../tests/open-store.ts';
import { openDirectory } from '../../access/directory.ts';
import { ApiError, type Client, createClient } from '../../contract/client.ts';
import { toRow } from '../rows.ts';
import { serve, stubHandlers } from '../test-http.ts';
import { accessHandlers } from './access.ts';
import { logHandlers } from './log.ts';

/** What these handlers answer, through a real server over a real store. */
let store: Awaited<ReturnType<typeof openStore>>;
let server: Awaited<ReturnType<typeof serve>>;
let client: Client;

beforeEach(async () => {
  store = await openStore();
  const { db, events, clock } = store;
  await db.transaction(async (tx) => {
    await tx.school.create({
      data: { id: 'sample-school', name: 'Example School', timeZone: 'Asia/Shanghai', language: 'en' },
    });
    await tx.gate.create({ data: { id: 'g1', name: 'South gate' } });
    await tx.lane.create({ data: { id: 'l1', gateId: 'g1', name: 'Lane 1' } });
    await tx.device.create({ data: { id: 'd1', name: 'Desk', model: 'rdm6300', addressKind: 'sim' } });
    await tx.reader.createMany({
      data: [
        { id: 'r1', name: 'Reader 1', deviceId: 'd1', laneId: 'l1' },
        { id: 'r2', name: 'Desk', deviceId: 'd1', number: 1 },
      ],
    });
  });
  const directory = await openDirectory(db.reader);
  events.project(directory.follow);
  const names = {
    cardholder: (id: string) => directory.person(id),
    thing: (thing: string, id: string) =>
      thing === 'gate' ? directory.gate(id)?.name : thing === 'lane' ? directory.lane(id)?.name : undefined,
    visitor: () => undefined,
    account: () => 'Test Administrator',
    isSomebodys: () => false,
  };
  server = await serve({
    handlers: {
      ...stubHandlers(() => {}),
      ...accessHandlers({
        reader: db.reader,
        questions: db.questions,
        log: events,
        directory,
        presence: { lastPassage: () => undefined, crossed: () => undefined },
        passes: { find: () => undefined, byId: () => undefined },
        secure: () => false,
        clock,
      }),
      ...logHandlers({
        questions: db.questions,
        log: events,
        rowOf: (event, whole) => toRow(event, names, whole),
        now: () => clock.now(),
      }),
    },
  });
  client = createClient(server.base, (input, init) =>
    fetch(input, { ...init, headers: { ...init?.headers, cookie: 'administrator' } }),
  );
});
afterEach(async () => {
  await server.close();
  await store.close();
});

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof ApiError ? error.code : Promise.reject(error)),
  );

describe('access', () => {
  it('is built up, shown and taken away again', async () => {
    const group = await client('access.add-group', { body: { name: 'Students' } });
    expect(group).toEqual({ id: group.id, name: 'Students', lockdownExempt: false, members: 0 });
    const windows = [
      { day: '2' as const, startMinute: 390, endMinute: 1080 },
      { day: '1' as const, startMinute: 390, endMinute: 1080 },
    ];
    const schedule = await client('access.add-schedule', {
      body: { name: 'School days', ignoresCalendar: false, windows },
    });
    expect(schedule.windows.map(({ day }) => day)).toEqual(['1', '2']);
    const input = { groupId: group.id, laneId: 'l1', direction: 'both', scheduleId: schedule.id } as const;
    const rule = await client('access.add-rule', { body: input });
    const day = { date: '2026-10-01', kind: 'holiday', followsWeekday: null, name: 'National Day' } as const;
    await client('access.set-day', { body: { ...day, reason: 'as the authority says' } });
    expect(await client('access.get')).toEqual({
      groups: [group],
      rules: [{ id: rule.id, ...input }],
      schedules: [schedule],
      calendar: [day],
    });
    await client('access.remove-rule', { params: { id: rule.id }, body: { reason: 'no more' } });
    await client('access.remove-day', { params: { date: '2026-10-01' }, body: { reason: 'moved' } });
    expect(await client('access.get')).toMatchObject({ rules: [], calendar: [] });
  });

  it('removes a group and a schedule once nothing uses them, and takes people in and out', async () => {
    await store.db.transaction((tx) =>
      tx.cardholder.create({ data: { id: 'p1', kind: 'student', name: 'Li Example' } }),
    );
    const { id } = await client('access.add-group', { body: { name: 'Choir' } });
    const body = { cardholderIds: ['p1'] };
    expect(await client('access.add-members', { params: { id }, body })).toMatchObject({ members: 1 });
    const because = { reason: 'sings no more' };
    const remove = () => client('access.remove-group', { params: { id }, body: because });
    expect(await codeOf(remove())).toBe('conflict');
    expect(
      await client('access.remove-members', { params: { id }, body: { ...body, ...because } }),
    ).toMatchObject({ members: 0 });
    expect(await codeOf(remove())).toBe('done');
    expect(await codeOf(client('access.add-members', { params: { id }, body }))).toBe('not-found');
    const schedule = await client('access.add-schedule', {
      body: { name: 'Evenings', ignoresCalendar: false, windows: [] },
    });
    await client('access.remove-schedule', { params: { id: schedule.id }, body: because });
    expect(await client('access.get')).toMatchObject({ groups: [], schedules: [] });
    const told = await store.events.readAfter(0, 100, ['access-group.removed', 'schedule.removed']);
    expect(told.map(({ note, actorId }) => [note, actorId])).toEqual(
      Array(2).fill(['sings no more', 'administrator-id']),
    );
  });

  it('changes only what is named', async () => {
    const { id } = await client('access.add-group', { body: { name: 'Staff', lockdownExempt: true } });
    const changed = await client('access.change-group', {
      params: { id },
      body: { name: 'Teachers', reason: 'a better name' },
    });
    expect(changed).toMatchObject({ name: 'Teachers', lockdownExempt: true });
    expect(
      await codeOf(client('access.change-group', { params: { id: 'none' }, body: { reason: 'a test' } })),
    ).toBe('not-found');
  });

  it('explains a card that nobody holds', async () => {
    const query = { readerId: 'r1', key: 'em4100:40:1234567890' };
    const explanation = await client('access.explain', { query });
    expect(explanation).toMatchObject({ result: 'denied', reason: 'unknown-credential', laneId: 'l1' });
    expect(explanation.steps.find(({ verdict }) => verdict === 'decided')?.rule).toBe('unknown-credential');
    expect(await codeOf(client('access.explain', { query: { ...query, readerId: 'none' } }))).toBe(
      'not-found',
    );
    expect(await codeOf(client('access.explain', { query: { ...query, readerId: 'r2' } }))).toBe('conflict');
    expect(await codeOf(client('access.explain', { query: { ...query, key: 'x' } }))).toBe('invalid-request');
  });

  it('explains an enrolled card to who does not know its number', async () => {
    const person = { id: 'p1', kind: 'student', name: 'Li Example' };
    const card = { id: 'c1', key: 'em4100:40:1234567890', cardholderId: 'p1' };
    await store.events.change(async (tx) => {
      await tx.cardholder.create({ data: person });
      await tx.credential.create({ data: card });
      const ids = { cardholderId: 'p1', credentialId: 'c1' };
      const by = { actorId: 'someone' };
      return {
        result: undefined,
        events: [
          { type: 'cardholder.added', data: ids, ...by },
          { type: 'credential.enrolled', data: ids, ...by },
        ],
      };
    });
    const query = { readerId: 'r1', credentialId: 'c1' };
    const explanation = await client('access.explain', { query });
    expect(explanation).toMatchObject({ reason: 'no-rule', cardholder: { name: 'Li Example' } });
    expect(explanation.steps[0]?.facts).toMatchObject({ readKey: card.key });
    expect(await codeOf(client('access.explain', { query: { ...query, credentialId: 'none' } }))).toBe(
      'not-found',
    );
  });
});

describe('the log', () => {
  it('is read page by page, newest first, with names', async () => {
    for (let n = 0; n < 5; n++)
      await store.events.append({ type: 'lane.added', data: { gateId: 'g1', laneId: 'l1' } });
    await store.events.append({ type: 'gate.added', data: { gateId: 'g1' }, actorId: 'someone' });
    const first = await client('log.list', { query: { limit: 4 } });
    expect(first.rows.map(({ event }) => event.seq)).toEqual([6, 5, 4, 3]);
    expect(first).toMatchObject({ head: 6, next: 3 });
    expect(first.rows[0]).toMatchObject({ gate: 'South gate', actor: 'Test Administrator' });
    expect(first.rows[1]).toMatchObject({ gate: 'South gate', lane: 'Lane 1' });
    const last = await client('log.list', { query: { limit: 4, before: 3 } });
    expect(last.rows.map(({ event }) => event.seq)).toEqual([2, 1]);
    expect(last.next).toBeUndefined();
    const filtered = await client('log.list', { query: { type: 'gate.added' } });
    expect(filtered.rows).toHaveLength(1);
  });
});
