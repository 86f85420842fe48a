import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AccountsBench, accountsBench, origin } from '../accounts/test-accounts.ts';
import { RequestError } from '../errors.ts';
import { changeSchool, ensureSchool, schoolOf } from './school.ts';
import { type SetUpDeps, type SetUpInput, setUp } from './set-up.ts';
import { createSetupToken } from './setup-token.ts';

let bench: AccountsBench;
let deps: SetUpDeps;
let input: SetUpInput;

beforeEach(async () => {
  bench = await accountsBench();
  const { text, token } = createSetupToken();
  deps = {
    log: bench.log,
    accounts: bench.accounts,
    token,
    writeVisitorTypes: async () => [],
    loadSampleSchool: async () => [],
  };
  input = {
    token: text,
    schoolName: 'Example Middle School',
    timeZone: 'Asia/Shanghai',
    language: 'en',
    administrator: { name: 'Test Administrator', username: 'admin', password: 'a long enough password' },
    start: 'empty',
  };
});
afterEach(() => bench.close());

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof RequestError ? error.code : Promise.reject(error)),
  );

describe('setting up', () => {
  it('names the school and makes an administrator who can sign in', async () => {
    expect(await schoolOf(bench.db.reader)).toBeUndefined();
    await setUp(deps, input);
    expect(await schoolOf(bench.db.reader)).toEqual({
      id: bench.log.school,
      name: 'Example Middle School',
      timeZone: 'Asia/Shanghai',
      language: 'en',
      sample: false,
      feedback: {},
      ...{ pinTries: 3, pinWithinMinutes: 10, pinLockMinutes: 5 },
    });
    const { actor } = await bench.accounts.signIn(input.administrator, origin());
    expect(actor).toMatchObject({ role: 'administrator', mustChangePassword: false });
    expect(bench.accounts.nameOf(actor.accountId)).toBe('Test Administrator');
    expect((await bench.record()).slice(0, 2)).toEqual(['school.set-up', `account.added:${actor.accountId}`]);
  });

  it('needs the link of this run', async () => {
    const other = createSetupToken().text;
    expect(await codeOf(setUp(deps, { ...input, token: other }))).toBe('not-allowed');
    expect(await codeOf(setUp({ ...deps, token: undefined }, input))).toBe('already-set-up');
    expect(await schoolOf(bench.db.reader)).toBeUndefined();
  });

  it('happens once, also when two do it at the same time', async () => {
    const second = { ...input, administrator: { ...input.administrator, username: 'second' } };
    const answers = await Promise.all([codeOf(setUp(deps, input)), codeOf(setUp(deps, second))]);
    expect(answers.sort()).toEqual(['already-set-up', 'done']);
    expect(await bench.accounts.list()).toHaveLength(1);
    expect(await codeOf(setUp(deps, input))).toBe('already-set-up');
  });

  it('takes no password that is guessed first, nor the name of the school or of the user', async () => {
    for (const password of ['1234567890', `${input.schoolName} 1`, 'admin-admin-1']) {
      const administrator = { ...input.administrator, username: 'admin', password };
      const error = await setUp(deps, { ...input, administrator }).catch((each: unknown) => each);
      expect(error).toMatchObject({ code: 'invalid-request', fields: [{ path: 'administrator.password' }] });
    }
    expect(await schoolOf(bench.db.reader)).toBeUndefined();
  });

  it('is all undone when the sample school fails, and the link stays good', async () => {
    const failing = { ...deps, loadSampleSchool: () => Promise.reject(new Error('broken sample')) };
    await expect(setUp(failing, { ...input, start: 'sample' })).rejects.toThrow('broken sample');
    expect(await schoolOf(bench.db.reader)).toBeUndefined();
    expect(await bench.accounts.list()).toEqual([]);
    expect(await bench.record()).toEqual([]);
    await setUp(deps, { ...input, start: 'sample' });
    expect((await schoolOf(bench.db.reader))?.sample).toBe(true);
  });

  it('records what the sample school brings, after the set-up itself', async () => {
    const loadSampleSchool: SetUpDeps['loadSampleSchool'] = async (tx, { timeZone }) => {
      expect(timeZone).toBe('Asia/Shanghai');
      await tx.gate.create({ data: { id: 'south', name: 'South gate' } });
      return [{ type: 'gate.added', data: { gateId: 'south' } }];
    };
    await setUp({ ...deps, loadSampleSchool }, { ...input, start: 'sample' });
    expect(await bench.db.reader.gate.count()).toBe(1);
    expect((await bench.record()).at(-1)).toBe('gate.added');
  });
});

describe('the school', () => {
  it('keeps its id from the first start on', async () => {
    expect(await ensureSchool(bench.db)).toBe(bench.log.school);
  });

  it('can be changed once it is set up, and records which fields, by whom and why', async () => {
    const change = (patch: Parameters<typeof changeSchool>[1]) =>
      changeSchool({ log: bench.log, reader: bench.db.reader }, patch, {
        actorId: 'someone',
        note: 'a better name',
      });
    expect(await codeOf(change({ name: 'Too early' }))).toBe('not-set-up');
    await setUp(deps, input);
    const before = (await bench.record()).length;
    expect(await change({ name: 'Renamed School', language: 'en', timeZone: 'Asia/Urumqi' })).toMatchObject({
      name: 'Renamed School',
    });
    await change({ name: 'Renamed School' });
    const [event, ...more] = await bench.log.readAfter(before, 10);
    expect(event).toMatchObject({ type: 'school.changed', actorId: 'someone', note: 'a better name' });
    expect(event?.data).toEqual({
      fields: ['name', 'timeZone'],
      changes: { timeZone: { from: 'Asia/Shanghai', to: 'Asia/Urumqi' } },
    });
    expect(more).toEqual([]);
  });
});
