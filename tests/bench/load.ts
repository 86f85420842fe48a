/** Start-up to first decision with many cardholders: the directory from the store, then one read decided. */
import type { Read } from '../../hardware/ports.ts';
import { decide } from '../../server/access/decide.ts';
import { openDirectory } from '../../server/access/directory.ts';
import type { Tx } from '../../server/db.ts';
import { openStore } from '../open-store.ts';
import { tagOf } from './decisions.ts';
import type { BenchRow } from './row.ts';

const chunk = 10_000;

/** Beside the same rows read straight from the same database by the same client, and nothing made of them. */
export async function loadRow(cardholders = 100_000): Promise<BenchRow> {
  const store = await openStore();
  try {
    for (let from = 0; from < cardholders; from += chunk) {
      await store.db.transaction((tx) => fill(tx, from, Math.min(from + chunk, cardholders)));
    }
    const { reader } = store.db;
    const plain = performance.now();
    for (const table of ['Cardholder', 'Credential', 'CardholderGroup']) {
      await reader.$queryRawUnsafe(`SELECT * FROM "${table}"`);
    }
    const reference = performance.now() - plain;

    const began = performance.now();
    const directory = await openDirectory(reader);
    const credential = { technology: 'em4100', bits: 40, value: tagOf(cardholders - 1) } as const;
    const read: Read = { deviceId: 'd', reader: 0, at: Date.UTC(2026, 8, 14), credential };
    const place = directory.place(read.deviceId, read.reader);
    const facts = place && directory.facts(place, credential, () => undefined);
    if (!facts || decide(facts, read, read.at).grant)
      throw new Error('the read was not decided as it should be');
    const ours = performance.now() - began;
    if (directory.count().credentials !== cardholders) throw new Error('not everything was loaded');
    return {
      name: `start-up to first decision, ${cardholders.toLocaleString('en')} cardholders`,
      ours,
      reference,
      ratio: ours / reference,
      unit: 'ms',
      aim: 'ours <= 2000',
    };
  } finally {
    await store.close();
  }
}

async function fill(tx: Tx, from: number, to: number): Promise<void> {
  if (from === 0) {
    await tx.school.create({
      data: { id: 's', name: 'Sample school', timeZone: 'Asia/Shanghai', language: 'en' },
    });
    await tx.gate.create({ data: { id: 'g', name: 'Gate' } });
    await tx.lane.create({ data: { id: 'l', gateId: 'g', name: 'Lane' } });
    await tx.device.create({ data: { id: 'd', name: 'Reader', model: 'sim', addressKind: 'sim' } });
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
    `INSERT INTO "Cardholder" ("id", "kind", "number", "name", "unit", "status")
     SELECT 'p-' || (value ->> 'i'), 'student', value ->> 'i', 'Student ' || (value ->> 'i'), 'Class 1', 'active'
     FROM json_each(?)`,
    JSON.stringify(rows),
  );
  await tx.$executeRawUnsafe(
    `INSERT INTO "Credential" ("id", "key", "cardholderId", "status")
     SELECT 'c-' || (value ->> 'i'), 'em4100:40:' || (value ->> 'tag'), 'p-' || (value ->> 'i'), 'active'
     FROM json_each(?)`,
    JSON.stringify(rows),
  );
  await tx.$executeRawUnsafe(
    `INSERT INTO "CardholderGroup" ("cardholderId", "groupId")
     SELECT 'p-' || (r.value ->> 'i'), g."id" FROM json_each(?) r, "AccessGroup" g`,
    JSON.stringify(rows),
  );
}
