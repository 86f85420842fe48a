/** Start-up to first decision with many cardholders: the whole campus opened on its store, and one swipe recorded. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCredentialKey } from '../../hardware/credential.ts';
import { systemClock } from '../../hardware/index.ts';
import { openCampus } from '../../server/campus.ts';
import { openDatabase, type Tx } from '../../server/db.ts';
import { createLog } from '../../server/log.ts';
import { ensureSchool } from '../../server/school/school.ts';
import { untilState } from '../until.ts';
import { tagOf } from './decisions.ts';
import type { BenchRow } from './row.ts';

const chunk = 10_000;
const migrationsDir = 'prisma/migrations';

/** Beside the same rows read straight from the same database by the same client, and nothing made of them. */
export async function loadRow(cardholders = 100_000): Promise<BenchRow> {
  const dataDir = mkdtempSync(join(tmpdir(), 'xiaomen-bench-'));
  try {
    const reference = await filled(dataDir, cardholders);
    const began = performance.now();
    const campus = await openCampus({
      dataDir,
      migrationsDir,
      version: 'bench',
      clock: systemClock,
      log: createLog('silent'),
    });
    await untilState(campus.hardware, 'd', 'online');
    const credential = parseCredentialKey(`em4100:40:${tagOf(cardholders - 1)}`);
    if (!credential) throw new Error('this is no key');
    const read = new Promise((resolve) => campus.hardware.on('read', resolve));
    campus.hardware.simulated('d')?.present?.(credential);
    await read;
    await campus.swipesDone();
    const ours = performance.now() - began;
    const [denied] = await campus.events.readAfter(0, 1, ['passage.denied']);
    const people = campus.directory.count().credentials;
    await campus.close();
    if (denied?.type !== 'passage.denied' || denied.data.reason !== 'no-rule' || people !== cardholders)
      throw new Error('the read was not decided as it should be');
    return {
      name: `start-up to first decision, ${cardholders.toLocaleString('en')} cardholders`,
      ours,
      reference,
      ratio: ours / reference,
      unit: 'ms',
      aim: 'ours <= 2000',
    };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Fills the store. @returns the milliseconds of reading its rows plainly */
async function filled(dataDir: string, cardholders: number): Promise<number> {
  const db = await openDatabase(dataDir, migrationsDir);
  await ensureSchool(db);
  for (let from = 0; from < cardholders; from += chunk) {
    await db.transaction((tx) => fill(tx, from, Math.min(from + chunk, cardholders)));
  }
  const plain = performance.now();
  for (const table of ['Cardholder', 'Credential', 'CardholderGroup']) {
    await db.reader.$queryRawUnsafe(`SELECT * FROM "${table}"`);
  }
  const reference = performance.now() - plain;
  await db.close();
  return reference;
}

async function fill(tx: Tx, from: number, to: number): Promise<void> {
  if (from === 0) {
    await tx.gate.create({ data: { id: 'g', name: 'Gate' } });
    await tx.lane.create({ data: { id: 'l', gateId: 'g', name: 'Lane' } });
    await tx.device.create({ data: { id: 'd', name: 'Reader', model: 'rdm6300', addressKind: 'sim' } });
    await tx.reader.create({ data: { id: 'r', name: 'Reader', deviceId: 'd', laneId: 'l' } });
    await tx.accessGroup.createMany({
      data: [
        { id: 'a', name: 'A' },
        { id: 'b', name: 'B' },
      ],
    });
  }
  const rows = Array.from({ length: to - from }, (_, i) => ({ i: from + i, tag: tagOf(from + i) }));
  await tx.$executeRawUnsafe(
    `INSERT INTO "Cardholder" ("id", "kind", "number", "name", "unit", "search", "status")
     SELECT 'p-' || (value ->> 'i'), 'student', value ->> 'i', 'Student ' || (value ->> 'i'), 'Class 1',
       'student ' || (value ->> 'i') || char(10) || (value ->> 'i') || char(10) || 'class 1', 'active'
     FROM json_each(?)`,
    JSON.stringify(rows),
  );
  await tx.$executeRawUnsafe(
    `INSERT INTO "Credential" ("id", "key", "tail", "cardholderId", "status")
     SELECT 'c-' || (value ->> 'i'), 'em4100:40:' || (value ->> 'tag'), substr(value ->> 'tag', -6), 'p-' || (value ->> 'i'), 'active'
     FROM json_each(?)`,
    JSON.stringify(rows),
  );
  await tx.$executeRawUnsafe(
    `INSERT INTO "CardholderGroup" ("cardholderId", "groupId")
     SELECT 'p-' || (r.value ->> 'i'), g."id" FROM json_each(?) r, "AccessGroup" g`,
    JSON.stringify(rows),
  );
}
