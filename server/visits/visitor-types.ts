/** Use cases: kinds of visitors, what is asked of them and what their passes may do. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { By } from '../contract/events.ts';
import {
  type VisitorType,
  visitorType,
  type visitorTypeInput,
  type visitorTypePatch,
} from '../contract/visitor-types.ts';
import type { Reader, Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import { changedFields, toldChanges } from '../events/changed-fields.ts';
import type { EventLog } from '../events/port.ts';

interface Deps {
  events: Pick<EventLog, 'change'>;
}
type Input = z.output<typeof visitorTypeInput>;

/** In the order in which screens show them. */
export async function listVisitorTypes(store: Reader | Tx): Promise<VisitorType[]> {
  const rows = await store.visitorType.findMany({
    include: { lanes: { select: { laneId: true } } },
    orderBy: [{ position: 'asc' }, { nameEn: 'asc' }, { id: 'asc' }],
  });
  return rows.map(typeOf);
}

/** Throws not-found. */
export async function getVisitorType(store: Reader | Tx, id: string): Promise<VisitorType> {
  const row = await store.visitorType.findUnique({
    where: { id },
    include: { lanes: { select: { laneId: true } } },
  });
  if (!row) throw new RequestError('not-found', 'There is no such kind of visitor.');
  return typeOf(row);
}

/** Throws invalid-request for a lane that is not there. */
export function addVisitorType({ events }: Deps, input: Input, by: By): Promise<VisitorType> {
  return events.change(async (tx) => {
    const id = randomUUID();
    await checkLanes(tx, input.laneIds);
    await insertVisitorType(tx, id, input);
    return {
      result: await getVisitorType(tx, id),
      events: [{ type: 'visitor-type.added', data: { typeId: id }, ...by }],
    };
  });
}

/** Its lanes have been checked. */
export async function insertVisitorType(tx: Tx, id: string, input: Input): Promise<void> {
  await tx.visitorType.create({ data: { id, ...columnsOf(input) } });
  await setLanes(tx, id, input.laneIds);
}

/** Passes that were given out follow, but for how often they let in. Throws not-found, invalid-request. */
export function changeVisitorType(
  { events }: Deps,
  id: string,
  patch: z.output<typeof visitorTypePatch>,
  by: By,
): Promise<VisitorType> {
  return events.change(async (tx) => {
    const before = await getVisitorType(tx, id);
    const changed = changedFields<VisitorType>(before, patch);
    if (Object.keys(changed).length === 0) return { result: before, events: [] };
    // Whoever agreed to the words before has not agreed to these.
    if (changed.notice !== undefined) changed.noticeVersion = before.noticeVersion + 1;
    if (changed.laneIds !== undefined) await checkLanes(tx, changed.laneIds);
    await tx.visitorType.update({ where: { id }, data: columnsOf({ ...before, ...changed }) });
    if (changed.laneIds !== undefined) await setLanes(tx, id, changed.laneIds);
    return {
      result: await getVisitorType(tx, id),
      events: [
        { type: 'visitor-type.changed', data: { typeId: id, ...toldChanges(before, changed) }, ...by },
      ],
    };
  });
}

function columnsOf({
  names,
  fields,
  approvals,
  laneIds,
  ...rest
}: Input & { id?: string; noticeVersion?: number }) {
  const { id: _, ...columns } = rest;
  return {
    ...columns,
    nameZh: names['zh-CN'],
    nameEn: names.en,
    fields: JSON.stringify(fields),
    approvals: JSON.stringify(approvals),
    everyLane: laneIds === null,
  };
}

async function checkLanes(tx: Tx, laneIds: readonly string[] | null): Promise<void> {
  const wanted = [...new Set(laneIds ?? [])];
  if ((await tx.lane.count({ where: { id: { in: wanted } } })) === wanted.length) return;
  const message = 'There is no such lane.';
  throw new RequestError('invalid-request', message, { why: 'choice.gone' }, [{ path: 'laneIds', message }]);
}

async function setLanes(tx: Tx, typeId: string, laneIds: readonly string[] | null): Promise<void> {
  await tx.visitorTypeLane.deleteMany({ where: { typeId } });
  const rows = [...new Set(laneIds ?? [])].map((laneId) => ({ typeId, laneId }));
  if (rows.length > 0) await tx.visitorTypeLane.createMany({ data: rows });
}

interface Row {
  nameZh: string;
  nameEn: string;
  fields: string;
  approvals: string;
  everyLane: boolean;
  lanes: { laneId: string }[];
}

function typeOf({ nameZh, nameEn, fields, approvals, everyLane, lanes, ...rest }: Row): VisitorType {
  return visitorType.parse({
    ...rest,
    names: { 'zh-CN': nameZh, en: nameEn },
    fields: JSON.parse(fields),
    approvals: JSON.parse(approvals),
    laneIds: everyLane ? null : lanes.map(({ laneId }) => laneId).toSorted(),
  });
}
