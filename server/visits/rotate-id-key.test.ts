import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tempStore } from '../events/testing.ts';
import { openIdVault } from './id-vault.ts';
import { rotateIdKey } from './rotate-id-key.ts';

const number = '11010519491231002X';

it('seals every number anew, finds it by its new hash, and forgets the old keys; all or nothing', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'xiaomen-rotate-'));
  const store = await tempStore();
  try {
    const vault = openIdVault(dataDir);
    const sealed = { idKind: 'resident-id', idSealed: vault.seal(number, 'v1'), createdAt: 0 };
    const { db } = store;
    await db.transaction((tx) => tx.visitor.create({ data: { id: 'v1', name: 'Test Visitor', ...sealed } }));
    const events = await store.openLog();
    const before = openIdVault(dataDir).hash('resident-id', number);
    expect(await rotateIdKey({ events }, vault)).toBe(1);
    const [row] = await db.reader.visitor.findMany();
    expect(row?.idSealed).not.toBe(sealed.idSealed);
    const after = openIdVault(dataDir);
    expect(after.open(row?.idSealed ?? '', 'v1')).toBe(number);
    expect(after.open(sealed.idSealed, 'v1')).toBeUndefined();
    expect(row?.idHash).toBe(after.hash('resident-id', number));
    expect(row?.idHash).not.toBe(before);

    // A number whose key was lost: nothing is changed, and nothing forgotten.
    await db.transaction((tx) =>
      tx.visitor.create({ data: { id: 'v2', name: 'Lost', ...sealed, idSealed: '00000000.AAAA' } }),
    );
    await db.transaction((tx) =>
      tx.visitor.create({ data: { id: 'v3', name: 'Lost', ...sealed, idSealed: '00000000.AAAA' } }),
    );
    await expect(rotateIdKey({ events }, vault)).rejects.toThrow('2 of 3 numbers are not here: v2, v3');
    const left = openIdVault(dataDir);
    expect(left.open(row?.idSealed ?? '', 'v1')).toBe(number);
    expect(left.hash('resident-id', number)).toBe(row?.idHash);

    // Broken off when the rows are kept and the keys not yet taken: still found, by the key that was not in use.
    await db.transaction((tx) => tx.visitor.deleteMany({ where: { id: { in: ['v2', 'v3'] } } }));
    const broken = { ...vault, renew: () => ({ ...vault.renew(), take: () => expect.fail('power cut') }) };
    await expect(rotateIdKey({ events }, broken)).rejects.toThrow('power cut');
    const kept = await db.reader.visitor.findUniqueOrThrow({ where: { id: 'v1' } });
    expect(kept.idHash).not.toBe(row?.idHash);
    expect(openIdVault(dataDir).hashes('resident-id', number)).toContain(kept.idHash);
    const again = openIdVault(dataDir);
    expect(await rotateIdKey({ events }, again)).toBe(1);
    expect(openIdVault(dataDir).hashes('resident-id', number)).toHaveLength(1);
  } finally {
    await store.close();
    rmSync(dataDir, { recursive: true });
  }
});
