import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventHash } from '../server/events/chain.ts';
import { swipe, tempStore } from '../server/events/testing.ts';
import { verifyLog } from './verify-log.ts';

let store: Awaited<ReturnType<typeof tempStore>>;
let head: { seq: number; hash: string };
let copies = 0;

beforeAll(async () => {
  store = await tempStore();
  const events = await store.openLog();
  for (let n = 1; n <= 10; n++) await events.append({ ...swipe(n), actorId: 'account-1' });
  await events.append({ ...swipe(11), note: 'forgot the card' });
  await events.append(swipe(12));
  head = events.head();
  await events.close();
  const raw = new Database(store.db.file);
  raw.pragma('wal_checkpoint(TRUNCATE)');
  raw.close();
});
afterAll(() => store.close());

/** A copy of the store, with one SQL statement done to it by somebody with a tool. */
function tampered(sql: string, ...values: unknown[]): string {
  const dir = join(store.dir, `copy-${copies++}`);
  mkdirSync(dir);
  copyFileSync(store.db.file, join(dir, 'xiaomen.db'));
  const raw = new Database(join(dir, 'xiaomen.db'));
  raw.prepare(sql).run(...values);
  raw.close();
  return dir;
}

const swap = `UPDATE "Event" SET body = (SELECT body FROM "Event" o WHERE o.seq = 9 - "Event".seq),
  hash = (SELECT hash FROM "Event" o WHERE o.seq = 9 - "Event".seq) WHERE seq IN (4, 5)`;

describe('verify-log', () => {
  it('finds a whole chain whole, while the server has the store open', () => {
    const { code, lines } = verifyLog(store.dir);
    expect(code).toBe(0);
    expect(lines.join('\n')).toContain(`Head: 12:${head.hash}`);
  });

  it.each<[string, string, number, string]>([
    [
      'an edited body',
      `UPDATE "Event" SET body = replace(body, 'cardholder-5', 'cardholder-6') WHERE seq = 5`,
      5,
      'hash',
    ],
    ['an edited hash', `UPDATE "Event" SET hash = prevHash WHERE seq = 5`, 5, 'hash'],
    ['an edited link', `UPDATE "Event" SET prevHash = hash WHERE seq = 5`, 5, 'previous-hash'],
    ['a deleted row', `DELETE FROM "Event" WHERE seq = 5`, 5, 'missing'],
    ['a deleted first row', `DELETE FROM "Event" WHERE seq = 1`, 1, 'missing'],
    ['a row before the first', `UPDATE "Event" SET seq = 0 WHERE seq = 1`, 1, 'missing'],
    ['swapped rows', swap, 4, 'hash'],
    ['an edited time', `UPDATE "Event" SET at = at + 1 WHERE seq = 5`, 5, 'column'],
    ['an edited type', `UPDATE "Event" SET type = 'passage.denied' WHERE seq = 5`, 5, 'column'],
    ['an edited person', `UPDATE "Event" SET cardholderId = 'cardholder-6' WHERE seq = 5`, 5, 'column'],
    ['an edited result', `UPDATE "Event" SET result = 'denied' WHERE seq = 5`, 5, 'column'],
    ['a hidden lane', `UPDATE "Event" SET laneId = NULL WHERE seq = 5`, 5, 'column'],
    ['an edited actor', `UPDATE "Event" SET actorId = 'account-2' WHERE seq = 5`, 5, 'column'],
    ['another school', `UPDATE "Event" SET school = 'school-2' WHERE seq = 5`, 5, 'column'],
    ['an edited note', `UPDATE "Event" SET note = 'let in' WHERE seq = 11`, 11, 'note'],
    ['an added note', `UPDATE "Event" SET note = 'let in', noteSalt = '00' WHERE seq = 5`, 5, 'note'],
    ['a note without its salt', `UPDATE "Event" SET noteSalt = NULL WHERE seq = 11`, 11, 'note'],
  ])('names the row of %s', (_, sql, seq, what) => {
    const { code, lines } = verifyLog(tampered(sql));
    expect(code).toBe(1);
    expect(lines[0]).toContain(`BROKEN at event ${seq} (${what})`);
    expect(lines[1]).toContain(`whole: ${seq - 1}`);
  });

  it('finds a body that was edited together with its own hash by the next row', () => {
    const raw = new Database(store.db.file, { readonly: true });
    const row = raw.prepare('SELECT body, prevHash FROM "Event" WHERE seq = 5').get() as Record<
      string,
      string
    >;
    raw.close();
    const body = String(row.body).replace('"flags":[]', '"flags":["lane-free"]');
    const hash = eventHash(String(row.prevHash), body);
    const dir = tampered('UPDATE "Event" SET body = ?, hash = ? WHERE seq = 5', body, hash);
    expect(verifyLog(dir).lines[0]).toContain('BROKEN at event 6 (previous-hash)');
  });

  it('lets a note be erased with its salt, and counts it', () => {
    const { code, lines } = verifyLog(tampered(`UPDATE "Event" SET note = NULL, noteSalt = NULL`));
    expect([code, lines[1]]).toEqual([0, expect.stringContaining('notes erased: 1')]);
  });

  it.each<[string, string, number]>([
    ['the follower "alarms"', `INSERT INTO "Cursor" VALUES ('alarms', 12)`, 12],
    [
      'where somebody was last seen',
      `INSERT INTO "Presence" ("cardholderId", "laneId", "direction", "at", "seq") VALUES ('c', 'l', 'in', 1, 11)`,
      11,
    ],
    [
      'an alarm',
      `INSERT INTO "Alarm" ("id", "kind", "priority", "state", "raisedAt", "raisedSeq")
       VALUES ('a', 'forced', 'high', 'active', 1, 12)`,
      12,
    ],
  ])('sees by what the file holds of %s that the end was cut off', (who, follow, seq) => {
    const whole = tampered(follow);
    expect(verifyLog(whole).code).toBe(0);
    for (const last of [10, 0]) {
      const raw = new Database(join(whole, 'xiaomen.db'));
      raw.prepare('DELETE FROM "Event" WHERE seq > ?').run(last);
      raw.close();
      expect(verifyLog(whole)).toEqual({
        code: 1,
        lines: [
          expect.stringContaining(
            `BROKEN at event ${last + 1} (missing). The log ends with event ${last}, but ${who} knows event ${seq}`,
          ),
          `Events before it that are whole: ${last}`,
        ],
      });
    }
  });

  it('can tell only from a head that was kept, where no follower had come so far', () => {
    const dir = tampered('DELETE FROM "Event" WHERE seq > 10');
    expect(verifyLog(dir).code).toBe(0);
    expect(verifyLog(dir, head).lines[0]).toContain('BROKEN at event 11 (missing)');
    expect(verifyLog(store.dir, head).code).toBe(0);
    expect(verifyLog(store.dir, { ...head, hash: '0'.repeat(64) }).code).toBe(1);
  });

  it('says in one sentence what it can not read', () => {
    const dir = join(store.dir, 'bad');
    mkdirSync(dir);
    expect(verifyLog(dir)).toMatchObject({
      code: 2,
      lines: [expect.stringContaining('There is no database')],
    });
    writeFileSync(join(dir, 'xiaomen.db'), 'this is no database'.repeat(500));
    expect(verifyLog(dir)).toMatchObject({ code: 2, lines: [expect.stringContaining('is damaged')] });
    const other = tampered('DROP TABLE "Event"');
    expect(verifyLog(other)).toMatchObject({
      code: 2,
      lines: [expect.stringContaining('holds no event log')],
    });
    const empty = tampered('DELETE FROM "Event"');
    expect(verifyLog(empty)).toMatchObject({ code: 0, lines: [expect.stringContaining('empty')] });
  });

  it('is a command with an exit code', () => {
    const command = [join('node_modules', '.bin', 'tsx'), 'scripts/verify-log.ts'];
    const output = execFileSync(command[0] as string, [command[1] as string, store.dir], {
      encoding: 'utf8',
    });
    expect(output).toContain('the chain is whole');
    const broken = tampered('DELETE FROM "Event" WHERE seq = 5');
    const failed = spawnSync(command[0] as string, [command[1] as string, broken], { encoding: 'utf8' });
    expect([failed.status, failed.stdout]).toEqual([1, '']);
    const misused = spawnSync(command[0] as string, [command[1] as string, '--what'], { encoding: 'utf8' });
    expect([misused.status, misused.stderr.trim().split('\n').length]).toEqual([2, 1]);
  });
});
