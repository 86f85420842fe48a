import { expect, it } from 'vitest';
import { openStore } from '../tests/open-store.ts';
import { knownNames } from './known-names.ts';

it('knows the names of things, the newest ones, and the last one of what was removed', async () => {
  const store = await openStore();
  const { db, events } = store;
  const by = { actorId: 'account-1' };
  await db.transaction((tx) => tx.gate.create({ data: { id: 'x', name: 'South gate' } }));
  const nameOf = await knownNames(db.reader, events);
  expect(nameOf('gate', 'x')).toBe('South gate');
  expect(nameOf('zone', 'x')).toBeUndefined();

  await events.change(async (tx) => {
    await tx.zone.create({ data: { id: 'x', name: 'Grounds' } });
    await tx.gate.update({ where: { id: 'x' }, data: { name: 'Main gate' } });
    return {
      result: undefined,
      events: [
        { type: 'zone.added', data: { zoneId: 'x' }, ...by },
        { type: 'gate.changed', data: { gateId: 'x', fields: ['name'] }, ...by },
      ],
    };
  });
  expect([nameOf('gate', 'x'), nameOf('zone', 'x')]).toEqual(['Main gate', 'Grounds']);

  await events.change(async (tx) => {
    await tx.zone.delete({ where: { id: 'x' } });
    return {
      result: undefined,
      events: [{ type: 'zone.changed', data: { zoneId: 'x', fields: [] }, ...by }],
    };
  });
  expect(nameOf('zone', 'x')).toBe('Grounds');
  await store.close();
});
