/** A guard at a kiosk over HTTP: who gets in, what is seen there, and what is decided in whose name. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Client } from '../server/contract/client.ts';
import { cookieClient, startCampus, type TestCampus } from './harness.ts';
import { addType } from './visits.ts';

let campus: TestCampus;
let kiosk: Client;
let kioskId: string;
const problem = (why: string) => ({ problem: { why } });
const key = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const pin = '730152';

beforeEach(async () => {
  campus = await startCampus({ readerModel: { model: 'text-line', options: {} }, doors: false });
  ({ kiosk, kioskId } = await paired());
  const guard = await campus.as('guard');
  await guard('kiosks.set-own-pin', { body: { pin, password: 'own password of guard' } });
});
afterEach(() => campus.close());

async function paired(): Promise<{ kiosk: Client; kioskId: string }> {
  const boss = await campus.as('administrator');
  const { code, kiosk: added } = await boss('kiosks.add', { body: { name: 'Lobby' } });
  const device = cookieClient(campus.url);
  await device.client('kiosk.pair', { body: { code } });
  return { kiosk: device.client, kioskId: added.id };
}
const signIn = (typed = pin, at = kiosk) => at('kiosk.guard-sign-in', { body: { pin: typed } });
const accountId = async () => (await (await campus.as('guard'))('session.get')).account.id;

it('a PIN is set with the password, is one account’s, and is nowhere in the record', async () => {
  const boss = await campus.as('administrator');
  const wrong = boss('kiosks.set-own-pin', { body: { pin: '998877', password: 'not this one' } });
  await expect(wrong).rejects.toMatchObject(problem('password.wrong'));
  for (const easy of ['000000', '123456', '98765432']) {
    const set = boss('kiosks.set-own-pin', { body: { pin: easy, password: 'correct horse battery' } });
    await expect(set).rejects.toMatchObject(problem('kiosk.pin-easy'));
  }
  const taken = boss('kiosks.set-own-pin', { body: { pin, password: 'correct horse battery' } });
  await expect(taken).rejects.toMatchObject(problem('kiosk.pin-taken'));
  const [set, ...more] = await campus.events('kiosk-pin.set');
  expect([set?.data, more]).toEqual([{ accountId: await accountId() }, []]);
  expect(JSON.stringify(await campus.events())).not.toContain(pin);
  const guard = await campus.as('guard');
  await guard('kiosks.set-own-pin', { body: { pin: null, password: 'own password of guard' } });
  await expect(signIn()).rejects.toMatchObject(problem('kiosk.guard-pin'));
});

it('three wrong PINs lock the kiosk for five minutes, also for the right one, and all of it is on record', async () => {
  for (const typed of ['111111', '222222', '333333']) {
    await expect(signIn(typed)).rejects.toMatchObject(problem('kiosk.guard-pin'));
  }
  await expect(signIn()).rejects.toMatchObject(problem('kiosk.guard-locked'));
  // The other kiosk is not locked by it.
  const other = await paired();
  await signIn(pin, other.kiosk);
  await campus.clock.advanceAsync(5 * 60_000);
  await signIn();
  const told = await campus.events(
    ...(['kiosk-guard.refused', 'kiosk-guard.locked', 'kiosk-guard.signed-in'] as const),
  );
  expect(told.map(({ type }) => type.split('.')[1])).toEqual([
    ...['refused', 'refused', 'refused', 'locked', 'signed-in', 'signed-in'],
  ]);
  expect(told.at(-1)).toMatchObject({
    actorId: await accountId(),
    data: { kioskId, accountId: await accountId() },
  });
});

it('tries that come all at once are no more than three', async () => {
  const typed = Array.from({ length: 8 }, (_, n) => String(111_111 + n));
  await Promise.allSettled(typed.map((each) => signIn(each)));
  await expect(signIn()).rejects.toMatchObject(problem('kiosk.guard-locked'));
  expect(await campus.events('kiosk-guard.refused')).toHaveLength(3);
});

it('ends by itself, by signing out, by the next guard, and with the account’s right', async () => {
  const visits = (session: string, quiet = false) =>
    kiosk('kiosk.guard-visits', { body: { session, quiet } });
  const ended = problem('kiosk.guard-ended');
  const first = await signIn();
  await campus.clock.advanceAsync(2 * 60_000);
  // What the page asks by itself is no use.
  await visits(first.session, true);
  await campus.clock.advanceAsync(61_000);
  await expect(visits(first.session)).rejects.toMatchObject(ended);
  const second = await signIn();
  await kiosk('kiosk.guard-sign-out', { body: { session: second.session } });
  await expect(visits(second.session)).rejects.toMatchObject(ended);
  const third = await signIn();
  const fourth = await signIn();
  await expect(visits(third.session)).rejects.toMatchObject(ended);
  const other = await paired();
  await expect(
    other.kiosk('kiosk.guard-visits', { body: { session: fourth.session } }),
  ).rejects.toMatchObject(ended);
  const boss = await campus.as('administrator');
  await boss('accounts.change', {
    params: { id: await accountId() },
    body: { suspended: true, reason: 'has left' },
  });
  await expect(visits(fourth.session)).rejects.toMatchObject(ended);
  await expect(signIn()).rejects.toMatchObject(problem('kiosk.guard-pin'));
});

it('sees who waits and why they are held, and admits over a hold in their own name, saying why', async () => {
  const boss = await campus.as('administrator');
  const entry = { list: 'watch', name: 'Held Person', reason: 'asks for pupils' } as const;
  await boss('screening.add', { body: { entry } });
  const deny = { list: 'deny', name: 'Denied Person', reason: 'court order' } as const;
  await boss('screening.add', { body: { entry: deny } });
  const typeId = await addType(campus, { approvals: ['guard'] });
  for (const [n, name] of ['Held Person', 'Denied Person'].entries()) {
    await kiosk('kiosk.register', { body: { key: key(n), typeId, name } });
    await campus.clock.advanceAsync(1_000);
  }
  const host = await campus.as('host');
  const at = (hours: number) => campus.clock.now() + hours * 3_600_000;
  await host('visits.invite', { body: { typeId, name: 'Today', expectedFrom: at(2) } });
  await host('visits.invite', { body: { typeId, name: 'Tomorrow', expectedFrom: at(30) } });
  const { session } = await signIn();
  const { waiting, expected } = await kiosk('kiosk.guard-visits', { body: { session } });
  expect(waiting.map(({ visitor, holds, refuseOnly }) => [visitor, holds[0]?.reason, refuseOnly])).toEqual([
    ['Held Person', 'asks for pupils', false],
    ['Denied Person', 'court order', true],
  ]);
  expect(expected.map(({ visitor }) => visitor)).toEqual(['Today']);
  const decide = (n: number, outcome: 'admit' | 'refuse') => {
    const body = { session, visitId: waiting[n]?.id ?? '', outcome, reason: 'papers seen' };
    return kiosk('kiosk.guard-decide', { body });
  };
  await decide(0, 'admit');
  expect((await kiosk('kiosk.visit', { params: { key: key(0) } })).state).toBe('welcome');
  await expect(decide(1, 'admit')).rejects.toMatchObject(problem('screening.override'));
  await decide(1, 'refuse');
  const told = await campus.events('visit.screened', 'visit.approved');
  expect(told.map(({ type, actorId, note }) => [type, actorId, note])).toEqual([
    ['visit.screened', await accountId(), 'papers seen'],
    ['visit.approved', await accountId(), 'papers seen'],
    ['visit.screened', await accountId(), 'papers seen'],
  ]);
  expect((await kiosk('kiosk.guard-visits', { body: { session } })).waiting).toEqual([]);
});
