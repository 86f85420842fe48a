/** The record from its beginning, for what has to go on from what it last said. */
import type { EventType, LoggedEvent } from '../contract/events.ts';
import type { EventLog } from './port.ts';

const page = 1_000;

/** Those of these types, in their order. */
export async function* pastEvents<T extends EventType>(
  log: Pick<EventLog, 'readAfter'>,
  types: readonly T[],
): AsyncGenerator<Extract<LoggedEvent, { type: T }>> {
  for (let after = 0; ; ) {
    const events = await log.readAfter(after, page, types);
    yield* events as Extract<LoggedEvent, { type: T }>[];
    if (events.length < page) return;
    after = events.at(-1)?.seq ?? after;
  }
}
