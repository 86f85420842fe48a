/** Who and what there is for a day's traffic: read from the store, so that what users of the demo change counts. */
import { catalog } from '../../hardware/index.ts';
import type { Directory } from '../access/directory.ts';
import type { LaneFact } from '../access/facts.ts';
import { cardholderKind } from '../contract/words.ts';
import type { Reader } from '../db.ts';
import type { Cast, DemoDoor, DemoPerson, DemoReader, DemoWay } from './plan.ts';

interface Placed extends DemoReader {
  direction: 'in' | 'out';
  /** The technology of what can be shown to it. */
  takes: 'em4100' | 'text';
}

export async function readCast(store: Reader, directory: Directory, now: number): Promise<Cast> {
  const models = new Map((await store.device.findMany()).map(({ id, model }) => [id, model]));
  const mainGate = directory.gates()[0]?.id;
  const readers = directory.readers().flatMap(({ deviceId, number, lane, direction }): Placed[] => {
    const model = catalog.find(({ id }) => id === models.get(deviceId));
    if (!lane || !model) return [];
    const takes = model.driver === 'rdm6300' || model.driver === 'id12' ? 'em4100' : 'text';
    return [{ deviceId, number, laneId: lane.id, main: lane.gateId === mainGate, direction, takes }];
  });
  const rules = directory.rules();
  /** Where somebody of these groups may pass. */
  const readersOf = kept((groups: string) => {
    const held = new Set(groups.split(' '));
    const theirs = rules.filter(({ groupId }) => held.has(groupId));
    return readers.filter(({ laneId, direction }) =>
      theirs.some(
        (rule) => rule.laneId === laneId && (rule.direction === 'both' || rule.direction === direction),
      ),
    );
  });
  const rows = await store.cardholder.findMany({
    select: {
      id: true,
      kind: true,
      status: true,
      credentials: { select: { key: true, status: true, validFrom: true, validUntil: true } },
      groups: { select: { groupId: true } },
    },
    orderBy: { id: 'asc' },
  });
  const people = rows.flatMap((row): DemoPerson[] => {
    const kind = cardholderKind.safeParse(row.kind);
    const [first] = row.credentials;
    if (!kind.success || !first) return [];
    const good =
      first.status === 'active' &&
      (first.validFrom === null || Number(first.validFrom) <= now) &&
      (first.validUntil === null || Number(first.validUntil) > now);
    const may = readersOf(
      row.groups
        .map(({ groupId }) => groupId)
        .toSorted()
        .join(' '),
    );
    const ways = (wanted: 'in' | 'out') =>
      row.credentials.flatMap(({ key }): DemoWay[] =>
        may
          .filter(({ takes, direction }) => direction === wanted && key.startsWith(`${takes}:`))
          .map((reader) => ({ reader, key })),
      );
    const sound = good && row.status === 'active';
    return [{ cardholderId: row.id, kind: kind.data, sound, entries: ways('in'), exits: ways('out') }];
  });
  return {
    people,
    readers: readers.filter(({ takes }) => takes === 'em4100'),
    doors: directory.lanes().flatMap((lane) => doorOf(lane)),
  };
}

function doorOf(lane: LaneFact): DemoDoor[] {
  const { id, gateId, dps, rex, output, rexReleases, heldWarningMs, heldAlarmMs, notEnteredMs } = lane;
  if (!dps) return [];
  const times = { heldWarningMs, heldAlarmMs, notEnteredMs };
  return [
    {
      laneId: id,
      gateId,
      dps,
      ...(rex ? { rex } : {}),
      rexReleases,
      ...(output ? { output } : {}),
      ...times,
    },
  ];
}

function kept<T>(work: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const value = known.get(key) ?? work(key);
    known.set(key, value);
    return value;
  };
}
