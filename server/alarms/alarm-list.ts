/** Use cases: the list of alarms, and taking note of one. */
import type { z } from 'zod';
import type { Clock } from '../../hardware/ports.ts';
import { type Alarm, type Alarms, alarm, type alarmsQuery } from '../contract/alarms.ts';
import type { NewEvent } from '../contract/events.ts';
import { silentAlarms } from '../contract/silent.ts';
import type { Reader, Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import type { EventLog } from '../events/port.ts';
import { type AlarmRow, endsWithNotice, whatOf } from './alarms.ts';

const open = { OR: [{ state: 'active' }, { acknowledgedAt: null }] };

const loud = { kind: { notIn: [...silentAlarms] } };

/** Newest first; silent ones only for whom they are meant. */
export async function listAlarms(
  reader: Reader,
  { show, before, limit }: z.output<typeof alarmsQuery>,
  silent: boolean,
): Promise<Alarms> {
  const shown = silent ? {} : loud;
  const [rows, count] = await Promise.all([
    reader.alarm.findMany({
      where: {
        ...shown,
        ...(show === 'open' ? open : {}),
        ...(before === undefined ? {} : { raisedSeq: { lt: BigInt(before) } }),
      },
      orderBy: { raisedSeq: 'desc' },
      take: limit + 1,
    }),
    reader.alarm.count({ where: { ...shown, ...open } }),
  ]);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    alarms: await named(reader, page),
    open: count,
    ...(last ? { next: Number(last.raisedSeq) } : {}),
  };
}

/** Throws not-found. A second time changes nothing: the first who took note stands. */
export async function acknowledge(
  { events, clock }: { events: Pick<EventLog, 'change'>; clock: Clock },
  id: string,
  actorId: string,
  silent: boolean,
): Promise<Alarm> {
  return events.change(async (tx) => {
    const row = await tx.alarm.findFirst({ where: { ...(silent ? {} : loud), id } });
    if (!row) throw new RequestError('not-found', 'There is no such alarm.');
    if (row.acknowledgedAt !== null) return { result: await one(tx, row), events: [] };
    const now = BigInt(clock.now());
    const ends = endsWithNotice(row);
    const after = await tx.alarm.update({
      where: { id },
      data: {
        acknowledgedAt: now,
        acknowledgedBy: actorId,
        ...(ends ? { state: 'cleared', clearedAt: now } : {}),
      },
    });
    const told: NewEvent[] = [{ type: 'alarm.acknowledged', data: whatOf(row), actorId }];
    if (ends) told.push({ type: 'alarm.cleared', data: whatOf(row) });
    return { result: await one(tx, after), events: told };
  });
}

async function one(store: Tx, row: AlarmRow): Promise<Alarm> {
  const [view] = await named(store, [row]);
  if (!view) throw new TypeError('an alarm got lost');
  return view;
}

/** The account's id stands in the row, its name on the screen. */
async function named(store: Reader | Tx, rows: AlarmRow[]): Promise<Alarm[]> {
  const ids = [...new Set(rows.flatMap(({ acknowledgedBy }) => acknowledgedBy ?? []))];
  const users = ids.length === 0 ? [] : await store.user.findMany({ where: { id: { in: ids } } });
  const names = new Map(users.map(({ id, name }) => [id, name]));
  return rows.map((row) =>
    alarm.parse({
      ...row,
      raisedAt: Number(row.raisedAt),
      clearedAt: row.clearedAt === null ? null : Number(row.clearedAt),
      acknowledgedAt: row.acknowledgedAt === null ? null : Number(row.acknowledgedAt),
      acknowledgedBy:
        row.acknowledgedBy === null ? null : (names.get(row.acknowledgedBy) ?? row.acknowledgedBy),
    }),
  );
}
