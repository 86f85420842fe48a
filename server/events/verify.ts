/** Checks the hash chain, one row after the other; see chain.ts for what is hashed and how to do it by hand. */
import { canonicalJson } from './canonical.ts';
import { type Body, eventHash, genesisHash, noteDigest } from './chain.ts';
import { type Columns, columnsOf, type Head } from './event-row.ts';

/** A row as it stands in the table, trusted in nothing. */
export interface StoredRow extends Record<keyof Columns, unknown> {
  seq: unknown;
  school: unknown;
  at: unknown;
  type: unknown;
  v: unknown;
  body: unknown;
  prevHash: unknown;
  hash: unknown;
  note: unknown;
  noteSalt: unknown;
}

export interface Broken {
  /** The first sequence number that is not as it was recorded. */
  seq: number;
  what: 'missing' | 'previous-hash' | 'hash' | 'body' | 'column' | 'note';
  /** One sentence. */
  detail: string;
}

export interface Verifier {
  /** Rows ascending by seq. Undefined while all is well; after the first broken row there is no going on. */
  check(row: StoredRow): Broken | undefined;
  /** The last good row; seq 0 and the genesis hash before the first. */
  head(): Head;
  /** Rows whose note was erased. */
  erasedNotes(): number;
}

/** Something that knew of an event when that was still the newest. */
export interface Witness {
  /** For a sentence: `the follower "alarms"`. */
  who: string;
  seq: number;
}

/** Events that were there once and stand beyond the last one: the end of the log was cut off. */
export function cutOff(last: number, witnesses: readonly Witness[]): Broken | undefined {
  const [most] = witnesses.filter(({ seq }) => seq > last).toSorted((a, b) => b.seq - a.seq);
  if (!most) return undefined;
  const detail = `The log ends with event ${last}, but ${most.who} knows event ${most.seq}: its end was cut off.`;
  return { seq: last + 1, what: 'missing', detail };
}

export function verifier(school: string): Verifier {
  let head: Head = { seq: 0, hash: genesisHash(school) };
  let erased = 0;
  return {
    head: () => head,
    erasedNotes: () => erased,
    check(row) {
      const seq = head.seq + 1;
      const broken = checkRow(row, seq, head.hash, school);
      if (broken) return { seq, ...broken };
      const { noteDigest: digest } = JSON.parse(String(row.body)) as Body;
      if (digest !== undefined && row.note === null) erased += 1;
      head = { seq, hash: String(row.hash) };
      return undefined;
    },
  };
}

type Fault = Omit<Broken, 'seq'>;

function checkRow(row: StoredRow, seq: number, prevHash: string, school: string): Fault | undefined {
  if (row.seq !== seq) {
    return {
      what: 'missing',
      detail: `The event ${seq} is missing; the next one in the store is ${row.seq}.`,
    };
  }
  if (row.prevHash !== prevHash) {
    const detail =
      seq === 1
        ? 'It does not begin with the genesis hash of the school.'
        : `It does not continue from the hash of event ${seq - 1}: one of the two was changed or put in later.`;
    return { what: 'previous-hash', detail };
  }
  if (typeof row.body !== 'string' || row.hash !== eventHash(prevHash, row.body)) {
    return {
      what: 'hash',
      detail: 'Its hash is not the hash of its body: the body or the hash was changed.',
    };
  }
  const body = parse(row.body);
  if (!body) return { what: 'body', detail: 'Its body is not the canonical JSON of an event.' };
  return checkColumns(row, body, seq, school) ?? checkNote(row, body.noteDigest);
}

function parse(text: string): Body | undefined {
  try {
    const body = JSON.parse(text) as Body;
    return canonicalJson(body) === text && typeof body.data === 'object' && body.data !== null
      ? body
      : undefined;
  } catch {
    return undefined;
  }
}

function checkColumns(row: StoredRow, body: Body, seq: number, school: string): Fault | undefined {
  if (body.school !== school || body.seq !== seq) {
    return { what: 'body', detail: `Its body is that of event ${body.seq} of the school "${body.school}".` };
  }
  const { at, type, v } = body;
  const expected = { school, at, type, v, ...columnsOf(type, body.actorId, body.data) };
  for (const [name, value] of Object.entries(expected)) {
    const stored = row[name as keyof typeof expected];
    if (stored !== value) {
      const detail = `The column "${name}" says ${JSON.stringify(stored)}, the hashed body ${JSON.stringify(value)}.`;
      return { what: 'column', detail };
    }
  }
  return undefined;
}

/** A note may be gone, with its salt. One that stands must be the one that was written. */
function checkNote({ note, noteSalt }: StoredRow, digest: string | undefined): Fault | undefined {
  if (note === null && (noteSalt === null || digest !== undefined)) return undefined;
  if (typeof note === 'string' && typeof noteSalt === 'string' && digest === noteDigest(noteSalt, note))
    return undefined;
  return { what: 'note', detail: 'Its note is not the one that was recorded.' };
}
