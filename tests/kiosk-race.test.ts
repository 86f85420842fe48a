/** Two kiosks at once, and one that sends twice at once: what there is one of is given once. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Client } from '../server/contract/client.ts';
import { cookieClient, startCampus, type TestCampus } from './harness.ts';
import { addType, codeOf, register, scanned } from './visits.ts';

let campus: TestCampus;
let kiosks: [Client, Client];
const key = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

beforeEach(async () => {
  campus = await startCampus({ readerModel: { model: 'text-line', options: {} }, doors: false });
  kiosks = [await paired('Left'), await paired('Right')];
});
afterEach(() => campus.close());

async function paired(name: string): Promise<Client> {
  const boss = await campus.as('administrator');
  const { code } = await boss('kiosks.add', { body: { name } });
  const device = cookieClient(campus.url);
  await device.client('kiosk.pair', { body: { code } });
  return device.client;
}
/** At both at the same moment. */
const both = <T>(ask: (kiosk: Client, at: number) => Promise<T>) =>
  Promise.allSettled(kiosks.map((kiosk, at) => ask(kiosk, at)));
const outcome = (results: PromiseSettledResult<{ state: string }>[]) =>
  results
    .map((each) => (each.status === 'fulfilled' ? each.value.state : String(each.reason.problem?.why)))
    .sort();

it('an expected visitor arrives at one of them', async () => {
  const typeId = await addType(campus, { approvals: [] });
  const host = await campus.as('host');
  const body = { typeId, name: 'Anna Test', expectedFrom: campus.clock.now() };
  const { link } = await host('visits.invite', { body });
  const token = await codeOf(campus, { link, visitId: '', passId: '' });
  const arrived = await both((kiosk, at) =>
    kiosk('kiosk.arrive', { body: { key: key(at), shown: { token }, form: {} } }),
  );
  expect(outcome(arrived)).toEqual(['visit.not-expected', 'welcome']);
  expect(await campus.events('visit.arrived')).toHaveLength(1);
});

it('a visitor signs out at one of them', async () => {
  const code = await codeOf(campus, await register(campus, await addType(campus, { approvals: [] })));
  await campus.swipe(scanned(code));
  await campus.clock.advanceAsync(5_000);
  await campus.app.campus.settled();
  const left = await both((kiosk) => kiosk('kiosk.sign-out', { body: { token: code } }));
  expect(outcome(left)).toEqual(['left', 'visit.not-inside']);
  expect(await campus.events('visit.signed-out')).toHaveLength(1);
});

it('one registration that is sent several times at once is one visit, and everybody gets its answer', async () => {
  const typeId = await addType(campus, { approvals: [] });
  const [kiosk] = kiosks;
  const body = { key: key(1), typeId, name: 'Walk In' };
  const sent = await Promise.all([1, 2, 3].map(() => kiosk('kiosk.register', { body })));
  expect(new Set(sent.map(({ pass }) => pass?.number)).size).toBe(1);
  expect(await campus.events('visit.added')).toHaveLength(1);
});

it('one person at both is one visitor', async () => {
  const fields = { idNumber: 'required' } as const;
  const typeId = await addType(campus, { approvals: [], fields });
  const paper = { idKind: 'resident-id', idNumber: '11010519491231002X' } as const;
  await both((kiosk, at) =>
    kiosk('kiosk.register', { body: { key: key(at), typeId, name: '张三', ...paper } }),
  );
  const { visits } = await (await campus.as('guard'))('visits.list');
  expect(visits).toHaveLength(2);
  expect(new Set(visits.map(({ visitor }) => visitor.id)).size).toBe(1);
  expect(new Set(visits.map(({ pass }) => pass?.number)).size).toBe(2);
});
