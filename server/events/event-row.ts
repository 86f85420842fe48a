/** An event as a row of the table and back. */
import { type EventType, eventVersion, type LoggedEvent } from '../contract/events.ts';
import { resultOf } from '../contract/log.ts';
import { bodyText, eventHash, newSalt, noteDigest } from './chain.ts';
import type { Prepared } from './prepare.ts';

/** Parts of the body that stand in columns of their own, for filters. */
export interface Columns {
  actorId: string | null;
  gateId: string | null;
  laneId: string | null;
  direction: string | null;
  /** The kind of result, `resultOf(type)`. */
  result: string;
  /** Of a refusal: why. */
  reason: string | null;
  cardholderId: string | null;
}

export interface Head {
  seq: number;
  hash: string;
}

type Value = string | number | Uint8Array | null;

/** An event in its place in the chain, as it is written and as the log gives it back. */
export interface Sealed {
  /** The short columns. */
  row: (string | number | null)[];
  body: string;
  prevHash: string;
  event: LoggedEvent;
}

export function columnsOf(type: string, actorId: string | undefined, data: unknown): Columns {
  const { gateId, laneId, direction, reason, cardholderId } = data as Record<string, unknown>;
  return {
    actorId: actorId ?? null,
    gateId: text(gateId),
    laneId: text(laneId),
    direction: text(direction),
    result: resultOf(type as EventType),
    reason: text(reason),
    cardholderId: text(cardholderId),
  };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** In the order of `Sealed.row`. */
const names = [
  'seq',
  'at',
  'type',
  'v',
  'note',
  'noteSalt',
  'actorId',
  'gateId',
  'laneId',
  'direction',
  'result',
  'reason',
  'cardholderId',
  'body',
  'prevHash',
  'hash',
] as const;
const short = names.indexOf('body');

const columnList = `"school", ${names.map((name) => `"${name}"`).join(', ')}`;
const at = (index: number) => `value->>${index}`;
const cut = (from: string, length: string | number) => `CAST(substr(p.bytes, ${from}, ${length}) AS TEXT)`;
const hashLength = 64;
/**
 * The short columns are one JSON array of arrays. The long ones, which would have to be escaped and parsed again, lie
 * end to end in one blob: n + 1 hashes, then n bodies; each array ends with its body's place and length, in bytes.
 * `jsonb_each` hands each row on in SQLite's binary form; `json_each` would write it as text, to be parsed for every
 * column anew.
 */
const insertMany = `INSERT INTO "Event" (${columnList})
SELECT ?, ${names.slice(0, short).map((_, index) => at(index))}, ${cut(at(short), at(short + 1))},
  ${cut(`key * ${hashLength} + 1`, hashLength)}, ${cut(`(key + 1) * ${hashLength} + 1`, hashLength)}
FROM (SELECT ? AS bytes) p, jsonb_each(?)`;
/** The ordinary swipe: SQLite compiles this in a third of the time. */
const insertOne = `INSERT INTO "Event" (${columnList}) VALUES (?, ${names.map(() => '?').join(', ')})`;

/** One statement for a whole batch of at least one row. */
export function insertion(school: string, sealed: Sealed[]): { sql: string; args: Value[] } {
  const [first, second] = sealed;
  if (first && !second)
    return { sql: insertOne, args: [school, ...first.row, first.body, first.prevHash, first.event.hash] };
  let hashes = first?.prevHash ?? '';
  let bodies = '';
  let place = (sealed.length + 1) * hashLength + 1;
  const rows = sealed.map(({ row, body, event }) => {
    const length = Buffer.byteLength(body);
    const whole = [...row, place, length];
    hashes += event.hash;
    bodies += body;
    place += length;
    return whole;
  });
  return { sql: insertMany, args: [school, Buffer.from(hashes + bodies), JSON.stringify(rows)] };
}

/** Puts prepared events into the chain after `head`, in order; each becomes the event that the log gives back. */
export function seal(school: string, head: Head, prepared: Prepared[]): Sealed[] {
  let { seq, hash: prevHash } = head;
  return prepared.map(({ event, dataText, at }) => {
    const { type, actorId, note, spilled } = event;
    seq += 1;
    const v = eventVersion[type] ?? 1;
    const salt = note === undefined ? undefined : newSalt();
    const digest = note === undefined || salt === undefined ? undefined : noteDigest(salt, note);
    const body = bodyText({ school, seq, at, type, v, actorId, spilled, noteDigest: digest }, dataText);
    const hash = eventHash(prevHash, body);
    const columns = columnsOf(type, actorId, event.data);
    const row = [
      seq,
      at,
      type,
      v,
      note ?? null,
      salt ?? null,
      columns.actorId,
      columns.gateId,
      columns.laneId,
      columns.direction,
      columns.result,
      columns.reason,
      columns.cardholderId,
    ];
    const sealed = { row, body, prevHash, event: Object.assign(event, { school, seq, v, hash, at }) };
    prevHash = hash;
    return sealed;
  });
}

/** The columns that `eventOf` needs. */
export const eventColumns = '"seq", "body", "hash", "note"';

export interface StoredEvent {
  seq: bigint | number;
  body: string;
  hash: string;
  note: string | null;
}

export function eventOf({ body, hash, note }: StoredEvent): LoggedEvent {
  const { noteDigest: _, ...rest } = JSON.parse(body) as LoggedEvent & { noteDigest?: string };
  return { ...rest, hash, ...(note === null ? {} : { note }) };
}
