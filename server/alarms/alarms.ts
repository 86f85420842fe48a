/**
 * The alarms: a follower of the log keeps the table and records what it raised and cleared, in one transaction with
 * its cursor. So each alarm is raised once, whatever happens to the server in between.
 */
import type { Clock } from '../../hardware/ports.ts';
import type { LoggedEvent, NewEvent } from '../contract/events.ts';
import type { AlarmKind } from '../contract/words.ts';
import type { Database, Tx } from '../db.ts';
import { type Follower, follow } from '../events/followers.ts';
import type { EventLog } from '../events/port.ts';
import type { Log } from '../log.ts';
import { type AlarmRule, alarmRules, alarmTypes, gatherMs, matchesEvent, ruleOf } from './alarm-rules.ts';

export type AlarmRow = NonNullable<Awaited<ReturnType<Tx['alarm']['findFirst']>>>;

export interface AlarmsParts {
  events: EventLog;
  db: Database;
  clock: Clock;
  log: Log;
}

export function followAlarms(parts: AlarmsParts): Follower {
  return follow({ ...parts, name: 'alarms', types: alarmTypes, handle: keepAlarms });
}

/** What these events raise and clear; the events that tell of it. */
export async function keepAlarms(tx: Tx, events: LoggedEvent[]): Promise<NewEvent[]> {
  const concerned = events.map((event) => ({ event, concerns: concern(event) }));
  if (!concerned.some(({ concerns }) => concerns.length > 0)) return [];
  const oldest = Math.min(...events.map(({ at }) => at));
  const open = await tx.alarm.findMany({
    where: {
      OR: [{ state: 'active' }, { acknowledgedAt: null, raisedAt: { gt: BigInt(oldest - gatherMs) } }],
    },
    orderBy: { raisedSeq: 'asc' },
  });
  const told: NewEvent[] = [];
  for (const { event, concerns } of concerned) {
    for (const rule of concerns) {
      if (matchesEvent(event, rule.clearedBy)) told.push(...(await clear(tx, open, rule, event)));
      if (matchesEvent(event, rule.raisedBy)) told.push(...(await raise(tx, open, rule, event)));
    }
  }
  return told;
}

function concern(event: LoggedEvent): AlarmRule[] {
  return alarmRules.filter(
    ({ raisedBy, clearedBy }) => matchesEvent(event, raisedBy) || matchesEvent(event, clearedBy),
  );
}

interface Subject {
  gateId: string | null;
  laneId: string | null;
  deviceId: string | null;
  readerId: string | null;
}

function subjectOf({ data }: LoggedEvent): Subject {
  const { gateId, laneId, deviceId, readerId } = data as Partial<Subject>;
  return {
    gateId: gateId ?? null,
    laneId: laneId ?? null,
    deviceId: deviceId ?? null,
    readerId: readerId ?? null,
  };
}

async function raise(tx: Tx, open: AlarmRow[], rule: AlarmRule, event: LoggedEvent): Promise<NewEvent[]> {
  const { kind, priority, about, lasts } = rule;
  const subject = { ...subjectOf(event), ...(about.includes('readerId') ? {} : { readerId: null }) };
  const same = open.find((row) => {
    if (row.kind !== kind || about.some((field) => row[field] !== subject[field])) return false;
    if (row.state === 'active') return true;
    return lasts === 'moment' && row.acknowledgedAt === null && event.at - Number(row.raisedAt) < gatherMs;
  });
  if (same) {
    await tx.alarm.update({ where: { id: same.id }, data: { repeats: { increment: 1 } } });
    return [];
  }
  const at = BigInt(event.at);
  const id = `a-${event.seq}`;
  const ends = lasts === 'moment' ? { state: 'cleared', clearedAt: at } : { state: 'active' };
  const raised = { id, kind, priority, ...subject, ...ends, raisedAt: at, raisedSeq: BigInt(event.seq) };
  open.push(await tx.alarm.create({ data: raised }));
  return [{ type: 'alarm.raised', data: { ...whatOf(raised), kind, priority, cause: event.seq } }];
}

/** What the record says of which alarm it is. */
export function whatOf({ id, kind, ...subject }: Pick<AlarmRow, 'id' | 'kind' | keyof Subject>) {
  const { gateId, laneId, deviceId, readerId } = subject;
  return {
    alarmId: id,
    kind: kind as AlarmKind,
    ...(gateId === null ? {} : { gateId }),
    ...(laneId === null ? {} : { laneId }),
    ...(deviceId === null ? {} : { deviceId }),
    ...(readerId === null ? {} : { readerId }),
  };
}

async function clear(tx: Tx, open: AlarmRow[], rule: AlarmRule, event: LoggedEvent): Promise<NewEvent[]> {
  const { kind, clearedFor } = rule;
  const subject = subjectOf(event);
  const over = open.filter(
    (row) =>
      row.kind === kind &&
      row.state === 'active' &&
      (clearedFor === undefined || row[clearedFor] === subject[clearedFor]),
  );
  const told: NewEvent[] = [];
  for (const row of over) {
    const clearedAt = BigInt(event.at);
    await tx.alarm.update({ where: { id: row.id }, data: { state: 'cleared', clearedAt } });
    row.state = 'cleared';
    told.push({ type: 'alarm.cleared', data: { ...whatOf(row), cause: event.seq } });
  }
  return told;
}

/** Whether nothing but a person's notice can end it. */
export function endsWithNotice(row: Pick<AlarmRow, 'kind' | 'state'>): boolean {
  return row.state === 'active' && ruleOf(row.kind)?.lasts === 'until-acknowledged';
}
