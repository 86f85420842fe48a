/** Whoever enrols no cards is told no whole card number: knowing one is having the card. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { can, type Role } from '../server/contract/capabilities.ts';
import type { NewEvent } from '../server/contract/events.ts';
import type { LogRow } from '../server/contract/log.ts';
import { requestOf, routeList } from '../server/http/test-http.ts';
import { previewTyped, printedForms } from '../server/people/printed-forms.ts';
import { startCampus, type TestCampus } from './harness.ts';
import { connected, cookieHeader, liveSocket, subscribe } from './live-socket.ts';
import { cards, ids } from './small-school.ts';

const { unknown, ...enrolled } = cards;
/** A card refused as unknown, and enrolled only after it. */
const late = 'em4100:40:0100E7E73C';
const others = ['text:96:QR-4711-2026', 'wiegand:26:20123AB'];
const people = Object.keys(enrolled).map((name) => `person-${name}`);
const secret = [...Object.values(enrolled), late, ...others].flatMap((key) => [
  key,
  ...printedForms(key).map(({ text }) => text),
]);

let campus: TestCampus;
beforeAll(async () => {
  campus = await startCampus();
  const boss = await campus.as('administrator');
  await campus.swipe('ok');
  await campus.swipe('lost');
  await campus.swipe('unknown');
  await campus.swipe(late);
  for (const key of [late, ...others])
    await boss('credentials.enrol', { params: { id: 'person-other' }, body: { key } });
  const where = { gateId: ids.gate, laneId: ids.lane, readerId: 'reader-in', direction: 'in' } as const;
  const denied = (readKey: string, reason: 'unknown-credential' | 'malformed-credential'): NewEvent => ({
    type: 'passage.denied',
    data: { ...where, reason, readKey },
  });
  const ok = { credentialId: 'credential-ok', cardholderId: 'person-ok' };
  const events: NewEvent[] = [
    { type: 'passage.granted', data: { ...where, ...ok, flags: [], readKey: 'em4100:24:000001' } },
    // A reader in the wrong notation; a damaged frame; a short read that may be one of two cards.
    denied('text:80:0015198012', 'unknown-credential'),
    denied(`charset:${Buffer.from('0100E7E73C').toString('hex')}`, 'malformed-credential'),
    denied('em4100:24:E7E73C', 'unknown-credential'),
  ];
  for (const event of events) await campus.app.campus.events.append(event);
});
afterAll(() => campus.close());

function expectNoNumber(text: string): void {
  expect(secret.filter((number) => text.includes(number))).toEqual([]);
  expect(text).not.toContain('303130304537453733');
  expect(text).not.toContain('em4100:24:0000');
}

const readers = ['guard', 'host', 'auditor'] as const;

it.each(readers)('no answer to the role %s holds one', async (role) => {
  const cookie = cookieHeader(await campus.browserCookies(role));
  const asked: string[] = [];
  async function ask(path: string, init: RequestInit): Promise<void> {
    const headers = { ...init.headers, origin: campus.url, cookie };
    const response = await fetch(campus.url + path, { ...init, headers });
    if (response.ok) asked.push(path);
    expectNoNumber(await response.text());
  }
  for (const [name, route] of routeList) {
    if (name.startsWith('session.') && route.method !== 'GET') continue;
    const { path, init } = requestOf(route);
    await ask(path, init);
  }
  for (const id of people) await ask(`/api/people/${id}`, {});
  await ask('/api/people?limit=200', {});
  await ask('/api/log?limit=500', {});
  await ask('/api/people?text=0015198012', {});
  for (const name of Object.keys(enrolled))
    await ask(`/api/access/explain?readerId=reader-in&credentialId=credential-${name}`, {});
  await ask(`/api/access/explain?readerId=reader-in&key=${late}`, {});
  const may = (part: string) => asked.filter((path) => path.includes(part)).length;
  expect([may('/people/person-'), may('/log?limit=500'), may('/explain?readerId=reader-in')]).toEqual([
    can(role, 'people.read') ? people.length : 0,
    can(role, 'log.read') ? 1 : 0,
    can(role, 'log.explain') ? people.length + 1 : 0,
  ]);
});

it.each(readers)('nothing that the socket tells the role %s holds one', async (role) => {
  const { rows, told } = await listen(role);
  expectNoNumber(JSON.stringify(told));
  expect(rows.length > 0).toBe(can(role, 'log.read'));
});

it('shows the end of a card in one form, and the number of a card that is nobody’s', async () => {
  const guard = await campus.as('guard');
  const { credentials } = await guard('people.get', { params: { id: 'person-other' } });
  expect(credentials.map(({ key, printed }) => [key, printed.map(({ text }) => text)])).toEqual([
    [null, ['••••0002']],
    [null, ['••••E73C']],
    [null, ['••••2026']],
    [null, ['••••3AB']],
  ]);
  const { rows } = await listen('guard');
  const shown = rows.flatMap(({ event }) => event.data.readKey ?? []);
  expect(shown).toEqual([
    unknown,
    'em4100:40:••••',
    'em4100:24:••••',
    'text:80:••••',
    'charset:••••',
    'em4100:24:••••',
  ]);
  const found = await guard('people.list', { query: { text: '0015198012' } });
  expect(found.people.map(({ id }) => id)).toEqual(['person-other']);
});

it('tells whole numbers to who enrols cards', async () => {
  const boss = await campus.as('administrator');
  const { credentials } = await boss('people.get', { params: { id: 'person-ok' } });
  expect(credentials[0]?.key).toBe(cards.ok);
  expect(previewTyped(credentials[0]?.printed[0]?.text ?? '').map(({ key }) => key)).toContain(cards.ok);
  const { rows } = await listen('administrator');
  expect(rows.map(({ event }) => event.data.readKey)).toContain(late);
});

/** All rows of the log, and all that came. */
async function listen(role: Exclude<Role, 'kiosk'>): Promise<{ rows: LogRow[]; told: unknown[] }> {
  const socket = liveSocket(campus.url, cookieHeader(await campus.browserCookies(role)));
  const told: unknown[] = [];
  const rows: LogRow[] = [];
  await connected(socket);
  const { seq } = campus.app.campus.events.head();
  const end = new Promise<void>((resolve) => {
    socket.on('live:rows', (more, ack) => {
      rows.push(...more);
      ack();
      if ((more.at(-1)?.event.seq ?? 0) >= seq) resolve();
    });
  });
  socket.onAny((...args: unknown[]) => told.push(args));
  const answers = [
    await subscribe(socket, 0),
    await socket.emitWithAck('states:watch'),
    await socket.emitWithAck('reads:watch', { deviceId: null }),
  ];
  if (answers[0]?.ok) await end;
  expect(answers[2]?.ok).toBe(can(role, 'credentials.manage'));
  socket.disconnect();
  return { rows, told };
}
