import { can } from '../../contract/capabilities.ts';
import type { LoggedEvent } from '../../contract/events.ts';
import type { LogRow } from '../../contract/log.ts';
import type { Reader } from '../../db.ts';
import type { EventLog } from '../../events/port.ts';
import { queryEvents } from '../../events/query.ts';
import { seesNumbers } from '../card-numbers.ts';
import type { HandlersOf } from '../handler.ts';

export interface LogDeps {
  questions: Reader;
  log: Pick<EventLog, 'head'>;
  rowOf(event: LoggedEvent, whole: boolean): LogRow;
  now(): number;
}

export function logHandlers({ questions, log, rowOf, now }: LogDeps): HandlersOf<'log.list'> {
  return {
    async 'log.list'({ query: { before, limit, ...filter }, actor }) {
      const head = log.head().seq;
      // One more than asked for tells whether there is another page.
      const events = await queryEvents(questions, filter, {
        before,
        limit: limit + 1,
        hideSilent: !can(actor.role, 'alarms.silent'),
      });
      const whole = seesNumbers(actor);
      const rows = events.slice(0, limit).map((event) => rowOf(event, whole));
      const next = events.length > limit ? rows.at(-1)?.event.seq : undefined;
      return { rows, head, now: now(), ...(next === undefined ? {} : { next }) };
    },
  };
}
