/** What the server refuses it refuses with a reason that a screen can say, and of what. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiError } from '../server/contract/client.ts';
import { administrator, startCampus, type TestCampus } from './harness.ts';
import { cards, ids } from './small-school.ts';

let campus: TestCampus;
beforeAll(async () => {
  campus = await startCampus({ relay: { kind: 'serial', path: '/dev/no-such-port' } });
});
afterAll(() => campus?.close());

async function told(work: Promise<unknown>): Promise<unknown> {
  const error = await work.catch((each: unknown) => each);
  if (!(error instanceof ApiError)) throw new Error(`no refusal: ${String(error)}`);
  const { code, why, params } = error.problem ?? {};
  return { code, why, ...(params && { params }) };
}
const reason = 'a test';

it('a lane that is out of service, a device that is in use, a real relay behind a simulated reader', async () => {
  const boss = await campus.as('administrator');
  const lane = { params: { id: ids.lane } };
  await boss('lanes.posture', { ...lane, body: { posture: 'disabled', reason } });
  expect(await told(boss('lanes.open', { ...lane, body: { reason } }))).toEqual({
    code: 'conflict',
    why: 'lane.disabled',
    params: { lane: 'Lane 1' },
  });
  const device = { params: { id: ids.relay } };
  expect(await told(boss('devices.remove', { ...device, body: { reason } }))).toEqual({
    code: 'conflict',
    why: 'device.in-use',
    params: { lane: 'Lane 1' },
  });
  const present = { params: { id: ids.readerIn }, body: { present: { key: cards.ok } } };
  expect(await told(boss('devices.simulate', present))).toMatchObject({
    code: 'conflict',
    why: 'simulated.real-relay',
    params: { lane: 'Lane 1' },
  });
});

it('an account of one’s own, and a user name that is taken', async () => {
  const boss = await campus.as('administrator');
  const { account } = await boss('session.get');
  const params = { id: account.id };
  expect(await told(boss('accounts.change', { params, body: { suspended: true, reason } }))).toEqual({
    code: 'conflict',
    why: 'account.own',
  });
  const body = { name: 'Test', username: administrator.username, role: 'guard' } as const;
  expect(await told(boss('accounts.add', { body }))).toEqual({
    code: 'conflict',
    why: 'account.username-taken',
    params: { username: administrator.username },
  });
});

it('a card that is somebody’s, and a number that is only the end of one', async () => {
  const boss = await campus.as('administrator');
  const to = { params: { id: 'person-other' } };
  expect(await told(boss('credentials.enrol', { ...to, body: { key: cards.ok } }))).toEqual({
    code: 'conflict',
    why: 'card.taken',
    params: { name: 'Person ok' },
  });
  const end = `em4100:24:${cards.ok.slice(-6)}`;
  expect(await told(boss('credentials.enrol', { ...to, body: { key: end } }))).toEqual({
    code: 'conflict',
    why: 'card.end-of',
    params: { name: 'Person ok' },
  });
});

it('how long to wait after wrong passwords', async () => {
  const guess = () => told(campus.anyone('session.start', { body: { username: 'nobody', password: 'no' } }));
  for (let n = 0; n < 5; n++) expect(await guess()).toMatchObject({ code: 'bad-credentials' });
  expect(await guess()).toEqual({ code: 'too-many-requests', why: 'sign-in.wait', params: { count: 1 } });
});
