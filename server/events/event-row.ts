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

/** An event in its place in the chain, as it is written and as the log gives it back. */
export interface Sealed {
  row: (string | number | null)[];
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

/** The columns in the order of `Sealed.row`. */
const names = [
  'school',
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
];

/** For one `Sealed.row`. */
export const insertion = `INSERT INTO "Event" (${names.map((name) => `"${name}"`).join(', ')})
  VALUES (${names.map(() => '?').join(', ')})`;

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
    const { gateId, laneId, direction, result, reason, cardholderId } = columnsOf(type, actorId, event.data);
    const row = [
      school,
      seq,
      at,
      type,
      v,
      note ?? null,
      salt ?? null,
      actorId ?? null,
      gateId,
      laneId,
      direction,
      result,
      reason,
      cardholderId,
      body,
      prevHash,
      hash,
    ];
    // Member by member, which is quicker than an assign.
    const logged = event as LoggedEvent;
    logged.school = school;
    logged.seq = seq;
    logged.v = v;
    logged.hash = hash;
    prevHash = hash;
    return { row, event: logged };
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
