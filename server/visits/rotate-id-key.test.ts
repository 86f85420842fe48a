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
    await expect(rotateIdKey({ events }, vault)).rejects.toThrow('v2');
    expect(openIdVault(dataDir).open(row?.idSealed ?? '', 'v1')).toBe(number);
  } finally {
    await store.close();
    rmSync(dataDir, { recursive: true });
  }
});
