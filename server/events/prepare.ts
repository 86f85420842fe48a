/** What can be done to an event before its turn in the chain has come. */
import type { ZodType } from 'zod';
import { eventData, type NewEvent } from '../contract/events.ts';
import { canonicalJson, wellFormed } from './canonical.ts';

export interface Prepared {
  event: NewEvent;
  /** Milliseconds since 1970. */
  at: number;
  /** The canonical text of `event.data`. */
  dataText: string;
}

/** Drops what the type's schema does not name: a name beside an id never reaches the hash. Throws TypeError on data that does not fit. */
export function prepare(event: NewEvent, now: number): Prepared {
  const schema: ZodType | undefined = eventData[event.type];
  if (!schema) throw new TypeError(`"${event.type}" is no type of event`);
  const parsed = schema.safeParse(event.data);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new TypeError(`${event.type}: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  const at = Math.round(event.at ?? now);
  if (!Number.isSafeInteger(at)) throw new TypeError(`${event.type}: at: not an instant`);
  // Member by member: a spread costs as much as the rest of this function.
  const clean = { type: event.type, data: parsed.data, at } as NewEvent;
  if (event.actorId !== undefined) clean.actorId = event.actorId;
  if (event.note !== undefined) clean.note = storable(event.note);
  if (event.spilled) clean.spilled = true;
  try {
    if (clean.actorId !== undefined) canonicalJson(clean.actorId);
    return { event: clean, at, dataText: canonicalJson(clean.data) };
  } catch {
    // A reader may send anything; a strange text is recorded as well as it can be rather than not at all.
    const repaired = wellFormed(clean);
    return { event: repaired, at, dataText: canonicalJson(repaired.data) };
  }
}

/** A text column ends at a NUL for some tools, and holds UTF-8: what is digested must be what is read back. */
function storable(note: string): string {
  return wellFormed(note).replaceAll('\0', '');
}
