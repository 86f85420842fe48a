/** Past events, newest first, one page after the other by sequence number. */
import type { LoggedEvent } from '../contract/events.ts';
import type { LogFilter } from '../contract/log.ts';
import type { Reader } from '../db.ts';
import { eventColumns, eventOf, type StoredEvent } from './event-row.ts';

export interface EventPage {
  /** Older than this sequence number. */
  before?: number | undefined;
  limit: number;
}

/** A time range up to this long is looked up by time; a longer one holds so much that walking back finds a page. */
const narrowMs = 31 * 24 * 3_600_000;

type Walk = 'cardholder' | 'time' | 'lane' | 'type' | 'seq';

/**
 * The index to walk. Without statistics SQLite may choose any that fits and sort half the table, so the choice is
 * made here, most selective first, and the other columns are asked in a form that no index serves.
 */
function walkFor({ cardholderId, laneId, type, reason, from, to }: LogFilter): Walk {
  if (cardholderId !== undefined) return 'cardholder';
  if (from !== undefined && to !== undefined && to - from <= narrowMs) return 'time';
  if (laneId !== undefined) return 'lane';
  return type !== undefined || reason !== undefined ? 'type' : 'seq';
}

/** `from` is included, `to` is not. */
export async function queryEvents(
  reader: Reader,
  filter: LogFilter,
  { before, limit }: EventPage,
): Promise<LoggedEvent[]> {
  const walk = walkFor(filter);
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  function where(condition: string, value: string | number | undefined): void {
    if (value === undefined) return;
    conditions.push(condition);
    values.push(value);
  }
  const text = (column: string, indexed: boolean) => (indexed ? `"${column}"` : `"${column}" || ''`);
  const at = walk === 'time' ? '"at"' : '"at" + 0';
  // Only refusals have a reason: that makes an index for it.
  const type = filter.type ?? (filter.reason === undefined ? undefined : 'passage.denied');
  where('"seq" < ?', before);
  where(`${text('cardholderId', walk === 'cardholder')} = ?`, filter.cardholderId);
  where(`${text('laneId', walk === 'lane')} = ?`, filter.laneId);
  where(`${text('type', walk === 'type')} = ?`, type);
  where(`${at} >= ?`, filter.from);
  where(`${at} < ?`, filter.to);
  where('"gateId" = ?', filter.gateId);
  where('"direction" = ?', filter.direction);
  where('"result" = ?', filter.result);
  where('"reason" = ?', filter.reason);
  const all = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const sql = `SELECT ${eventColumns} FROM "Event" ${all} ORDER BY "seq" DESC LIMIT ?`;
  const rows = await reader.$queryRawUnsafe<StoredEvent[]>(sql, ...values, limit);
  return rows.map(eventOf);
}
