/**
 * The rows of the live log: pages of the past joined with what comes live, each row once, newest first. While the
 * reader looks at older rows, new ones wait. Pure.
 */
import { type LogFilter, type LogRow, resultOf } from '../../server/contract/log.ts';

export interface LogState {
  /** Newest first. */
  rows: readonly LogRow[];
  /** New rows that wait, newest first. */
  waiting: readonly LogRow[];
  paused: boolean;
  /** Ask for rows before this sequence number to see older ones; null when there are none, undefined before the first page. */
  next: number | null | undefined;
}

export type LogAction =
  | { type: 'start' }
  | { type: 'page'; rows: readonly LogRow[]; next: number | undefined }
  /** Ascending, as the feed hands them on; already those that fit the filter. */
  | { type: 'live'; rows: readonly LogRow[] }
  | { type: 'pause' }
  | { type: 'resume' };

export const emptyLog: LogState = { rows: [], waiting: [], paused: false, next: undefined };

/** More than this is let go at the old end, to be asked for again when somebody scrolls there. */
export const keptRows = 20_000;
/** More than this does not wait: the oldest of them would be pages away anyway. */
const keptWaiting = keptRows;

export function reduceLog(state: LogState, action: LogAction): LogState {
  switch (action.type) {
    case 'start':
      return emptyLog;
    case 'page': {
      // A page that was asked for twice must not lead back to where we were already.
      const rows = merge(state.rows, action.rows);
      return { ...state, rows, next: action.next ?? null };
    }
    case 'live': {
      if (action.rows.length === 0) return state;
      if (state.paused) return { ...state, waiting: merge(state.waiting, action.rows).slice(0, keptWaiting) };
      return shorten({ ...state, rows: merge(state.rows, action.rows) });
    }
    case 'pause':
      return state.paused ? state : { ...state, paused: true };
    case 'resume':
      if (!state.paused) return state;
      return shorten({ ...state, paused: false, waiting: [], rows: merge(state.rows, state.waiting) });
  }
}

/** Both newest first or not; the result is newest first, each sequence number once. */
function merge(known: readonly LogRow[], more: readonly LogRow[]): readonly LogRow[] {
  const fresh = [...more].sort((a, b) => b.event.seq - a.event.seq);
  const newest = known[0]?.event.seq ?? Number.NEGATIVE_INFINITY;
  const oldest = known.at(-1)?.event.seq ?? Number.POSITIVE_INFINITY;
  // The usual cases, without looking through thousands of rows: all newer, or all older.
  if ((fresh.at(-1)?.event.seq ?? 0) > newest) return unique([...fresh, ...known]);
  if ((fresh[0]?.event.seq ?? 0) < oldest) return unique([...known, ...fresh]);
  return unique([...known, ...fresh].sort((a, b) => b.event.seq - a.event.seq));
}

function unique(rows: readonly LogRow[]): readonly LogRow[] {
  return rows.filter((row, index) => row.event.seq !== rows[index - 1]?.event.seq);
}

function shorten(state: LogState): LogState {
  if (state.rows.length <= keptRows) return state;
  const rows = state.rows.slice(0, keptRows);
  return { ...state, rows, next: rows.at(-1)?.event.seq ?? null };
}

/** Whether a row belongs into a filtered log; says the same as the server's own filter. */
export function fits({ event }: LogRow, filter: LogFilter): boolean {
  const { data } = event;
  return (
    (filter.gateId === undefined || data.gateId === filter.gateId) &&
    (filter.laneId === undefined || data.laneId === filter.laneId) &&
    (filter.direction === undefined || data.direction === filter.direction) &&
    (filter.cardholderId === undefined || data.cardholderId === filter.cardholderId) &&
    (filter.reason === undefined || (event.type === 'passage.denied' && data.reason === filter.reason)) &&
    (filter.result === undefined || resultOf(event.type) === filter.result) &&
    (filter.type === undefined || event.type === filter.type) &&
    (filter.from === undefined || event.at >= filter.from) &&
    (filter.to === undefined || event.at < filter.to)
  );
}

const inAddress = ['gateId', 'laneId', 'direction', 'result', 'reason', 'cardholderId'] as const;
export type FilterField = (typeof inAddress)[number];

/** The filter of an address' query; what is not valid there is left out. */
export function readFilter(
  search: URLSearchParams,
  parse: (raw: object) => LogFilter | undefined,
): LogFilter {
  const raw = Object.fromEntries(
    inAddress.flatMap((field) => {
      const value = search.get(field);
      return value === null || value === '' ? [] : [[field, value]];
    }),
  );
  const whole = parse(raw);
  if (whole !== undefined) return whole;
  return Object.fromEntries(
    Object.entries(raw).filter(([field, value]) => parse({ [field]: value }) !== undefined),
  );
}

/** The query of an address with one field of the filter set or, by undefined, cleared. */
export function withField(
  search: URLSearchParams,
  field: FilterField,
  value: string | undefined,
): URLSearchParams {
  const next = new URLSearchParams(search);
  if (value === undefined) next.delete(field);
  else next.set(field, value);
  // A lane of another gate would find nothing.
  if (field === 'gateId') next.delete('laneId');
  // Only refusals have a reason.
  if (field === 'result' && value !== 'denied') next.delete('reason');
  if (field === 'reason' && value !== undefined) next.set('result', 'denied');
  return next;
}
