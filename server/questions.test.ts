import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SqlQuery } from '@prisma/driver-adapter-utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { manualClock } from '../hardware/sim/manual-clock.ts';
import { QuestionFault } from './errors.ts';
import { swipe, tempStore } from './events/testing.ts';
import { openQuestions, questionLimits, startProcess } from './questions.ts';

const endless = 'WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c';
const quick = 'SELECT 7 AS "n"';

let store: Awaited<ReturnType<typeof tempStore>>;
beforeEach(async () => {
  store = await tempStore();
});
afterEach(() => store.close());

/** How a promise ended: its value, or the code of its fault. */
const outcome = (question: Promise<unknown>) =>
  question.then(
    (value) => value,
    (error) => (error instanceof QuestionFault ? error.code : error),
  );

describe('a question', () => {
  const fill = () =>
    store.db.transaction(async (tx) => {
      await tx.photo.create({
        data: { id: 'p', contentType: 'image/png', bytes: new Uint8Array([0, 1, 255]) },
      });
      const person = { kind: 'student', name: '张三', createdAt: new Date(Date.UTC(2026, 8, 1)) };
      await tx.cardholder.create({ data: { ...person, id: 'c', photoId: 'p' } });
      await tx.credential.create({
        data: { id: 'k', key: 'em4100:40:01', cardholderId: 'c', validFrom: 5n },
      });
      await tx.zone.create({ data: { id: 'z', name: 'Z', apbMinutes: 3 } });
    });

  it('is answered as the reader would answer it, value by value', async () => {
    await fill();
    const { reader, questions } = store.db;
    for (const each of [
      (from: typeof reader) => from.cardholder.findMany({ include: { credentials: true, photo: true } }),
      (from: typeof reader) => from.zone.count(),
      (from: typeof reader) => from.zone.groupBy({ by: ['apbMode'], _max: { apbMinutes: true } }),
      (from: typeof reader) =>
        from.$queryRawUnsafe(
          `SELECT *, 1.5 AS "real", 9007199254740993 AS "large", ? AS "given" FROM "Credential"`,
          'x',
        ),
      (from: typeof reader) => from.$queryRaw`SELECT COUNT(*) AS "total" FROM "Photo"`,
    ]) {
      const answer = await each(questions);
      expect(answer).toEqual(await each(reader));
      expect(JSON.stringify(answer, bigintToo)).not.toMatch(/^(\[\]|null|0)$/);
    }
  });

  it('sees what was committed before it was asked, and that alone', async () => {
    const { questions, transaction } = store.db;
    await transaction(async (tx) => {
      await tx.zone.create({ data: { id: 'z', name: 'Z' } });
      expect(await questions.zone.count()).toBe(0);
    });
    expect(await questions.zone.count()).toBe(1);
  });

  it('fails as the reader would', async () => {
    const wrong = 'SELECT "nothing" FROM "Nowhere"';
    const { code, message } = (await store.db.reader
      .$queryRawUnsafe(wrong)
      .catch((error: { code: string; message: string }) => error)) as { code: string; message: string };
    expect(code).toBe('P2010');
    await expect(store.db.questions.$queryRawUnsafe(wrong)).rejects.toMatchObject({ code, message });
    expect(await store.db.questions.zone.count()).toBe(0);
  });

  it('can not write', async () => {
    const { questions } = store.db;
    const refused = { name: 'StoreFault', code: 'read-only' };
    await expect(questions.zone.create({ data: { id: 'z', name: 'Z' } })).rejects.toMatchObject(refused);
    await expect(questions.$queryRawUnsafe('DELETE FROM "Zone" RETURNING *')).rejects.toMatchObject(refused);
    await expect(questions.$executeRawUnsafe('DELETE FROM "Zone"')).rejects.toMatchObject(refused);
  });

  it('does not hold up the log, however long it takes, and ends with the store', async () => {
    const events = await store.openLog();
    let answered = false;
    const question = outcome(store.db.questions.$queryRawUnsafe(endless)).finally(() => {
      answered = true;
    });
    // The process has it: what is asked after it would have to wait.
    const second = outcome(store.db.questions.$queryRawUnsafe(quick));
    for (let n = 1; n <= 3; n++) expect((await events.append(swipe(n))).seq).toBe(n);
    expect(answered).toBe(false);
    await events.close();
    await store.db.close();
    expect([await question, await second]).toEqual(['ended', 'ended']);
  });
});

describe('the process that answers', () => {
  const processes: ChildProcess[] = [];
  const clock = manualClock();
  const limits = { ...questionLimits, waiting: 2 };
  let file: string;
  let questions: ReturnType<typeof openQuestions>;

  beforeEach(() => {
    processes.length = 0;
    file = store.db.file;
    const start = () => {
      const process = startProcess(`file:${file}`);
      processes.push(process);
      return process;
    };
    questions = openQuestions(start, clock.after, limits);
  });
  afterEach(() => questions.close());

  const ask = (sql: string) => {
    const query: SqlQuery = { sql, args: [], argTypes: [] };
    return outcome(questions.ask(query).then(({ rows }) => rows));
  };

  it('starts with the first question and stays', async () => {
    expect(processes).toHaveLength(0);
    expect(await ask(quick)).toEqual([[7]]);
    expect(await ask(quick)).toEqual([[7]]);
    expect(processes).toHaveLength(1);
    expect(clock.pending()).toBe(0);
  });

  it('is killed over a question that takes too long; those behind it are answered', async () => {
    const slow = ask(endless);
    const behind = ask(quick);
    const killed = once(processes[0] as ChildProcess, 'exit');
    clock.advance(limits.ms);
    expect(await slow).toBe('too-long');
    expect(await behind).toEqual([[7]]);
    expect(await killed).toEqual([null, 'SIGKILL']);
    expect(processes).toHaveLength(2);
  });

  it('lets no more than so many wait', async () => {
    const slow = ask(endless);
    const waiting = [ask(quick), ask(quick)];
    expect(await ask(quick)).toBe('too-many');
    clock.advance(limits.ms);
    expect(await slow).toBe('too-long');
    expect(await Promise.all(waiting)).toEqual([[[7]], [[7]]]);
  });

  it('may die: only what it was asked is lost', async () => {
    const lost = ask(endless);
    const behind = ask(quick);
    processes[0]?.kill('SIGKILL');
    expect([await lost, await behind]).toEqual(['ended', [[7]]]);
    const idle = processes[1] as ChildProcess;
    idle.kill('SIGKILL');
    await once(idle, 'exit');
    expect(await ask(quick)).toEqual([[7]]);
    expect(processes).toHaveLength(3);
  });

  it('takes no notice of a signal to the whole group', async () => {
    await ask(quick);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) processes[0]?.kill(signal);
    expect(await ask(quick)).toEqual([[7]]);
    expect(processes).toHaveLength(1);
  });

  it('tells that there is no store', async () => {
    file = join(store.dir, 'elsewhere.db');
    expect(await ask(quick)).toMatchObject({ name: 'StoreFault', code: 'io' });
    expect(processes).toHaveLength(1);
  });

  it('may be impossible to start: that question is lost, and the next is another try', async () => {
    let possible = false;
    const others = openQuestions(
      () => {
        if (!possible) throw new Error('no room');
        return startProcess(`file:${file}`);
      },
      clock.after,
      limits,
    );
    const query: SqlQuery = { sql: quick, args: [], argTypes: [] };
    expect(await outcome(others.ask(query))).toBe('ended');
    possible = true;
    expect(await outcome(others.ask(query))).toMatchObject({ rows: [[7]] });
    await others.close();
    expect(await outcome(others.ask(query))).toBe('ended');
  });
});

function bigintToo(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
