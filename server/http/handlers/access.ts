import { addAccessGroup, changeAccessGroup } from '../../access/access-groups.ts';
import { addAccessRule, removeAccessRule } from '../../access/access-rules.ts';
import { removeCalendarDays, setCalendarDays } from '../../access/calendar.ts';
import { type ExplainDeps, explainCard } from '../../access/explain-card.ts';
import { readAccess, readAccessGroup, readSchedule } from '../../access/read-access.ts';
import { addSchedule, changeSchedule } from '../../access/schedules.ts';
import type { Reader } from '../../db.ts';
import type { EventLog } from '../../events/port.ts';
import type { HandlersOf } from '../handler.ts';

export interface AccessDeps extends ExplainDeps {
  reader: Reader;
  log: Pick<EventLog, 'change'>;
}

export function accessHandlers(
  deps: AccessDeps,
): HandlersOf<
  | 'access.get'
  | `access.${'add' | 'change'}-${'group' | 'schedule'}`
  | `access.${'add' | 'remove'}-rule`
  | `access.${'set' | 'remove'}-day`
  | 'access.explain'
> {
  const { reader, log } = deps;
  return {
    'access.get': () => readAccess(reader),

    async 'access.add-group'({ body, actor }) {
      const { id } = await addAccessGroup(log, body, actor.accountId);
      return readAccessGroup(reader, id);
    },
    async 'access.change-group'({ params, body, actor }) {
      await changeAccessGroup(log, params.id, body, actor.accountId);
      return readAccessGroup(reader, params.id);
    },
    async 'access.add-rule'({ body, actor }) {
      const { id } = await addAccessRule(log, body, actor.accountId);
      return { id, ...body };
    },
    'access.remove-rule': ({ params, actor }) => removeAccessRule(log, params.id, actor.accountId),
    async 'access.add-schedule'({ body, actor }) {
      const { id } = await addSchedule(log, body, actor.accountId);
      return readSchedule(reader, id);
    },
    async 'access.change-schedule'({ params, body, actor }) {
      await changeSchedule(log, params.id, body, actor.accountId);
      return readSchedule(reader, params.id);
    },
    async 'access.set-day'({ body, actor }) {
      await setCalendarDays(log, [body], actor.accountId);
      return body;
    },
    'access.remove-day': ({ params, actor }) => removeCalendarDays(log, [params.date], actor.accountId),
    async 'access.explain'({ query }) {
      const explanation = explainCard(deps, query);
      return {
        ...explanation,
        steps: explanation.steps.map((step) => ({ ...step, facts: { ...step.facts } })),
      };
    },
  };
}
