import {
  addAccessGroup,
  addMembers,
  changeAccessGroup,
  removeAccessGroup,
  removeMembers,
} from '../../access/access-groups.ts';
import { addAccessRule, removeAccessRule } from '../../access/access-rules.ts';
import { removeCalendarDays, setCalendarDays } from '../../access/calendar.ts';
import type { Directory } from '../../access/directory.ts';
import { type ExplainDeps, explainCard } from '../../access/explain-card.ts';
import { readAccess, readAccessGroup, readSchedule } from '../../access/read-access.ts';
import { addSchedule, changeSchedule, removeSchedule } from '../../access/schedules.ts';
import type { Reader } from '../../db.ts';
import type { EventLog } from '../../events/port.ts';
import { factsWithoutNumber, givesAway, seesNumbers } from '../card-numbers.ts';
import type { HandlersOf } from '../handler.ts';

export interface AccessDeps extends ExplainDeps {
  directory: ExplainDeps['directory'] & Pick<Directory, 'identify'>;
  reader: Reader;
  questions: Reader;
  log: Pick<EventLog, 'change'>;
}

export function accessHandlers(
  deps: AccessDeps,
): HandlersOf<
  | 'access.get'
  | `access.${'add' | 'change' | 'remove'}-${'group' | 'schedule'}`
  | `access.${'add' | 'remove'}-${'rule' | 'members'}`
  | `access.${'set' | 'remove'}-day`
  | 'access.explain'
> {
  const { reader, questions, log } = deps;
  return {
    'access.get': () => readAccess(questions),

    async 'access.add-group'({ body, by }) {
      const { id } = await addAccessGroup(log, body, by);
      return readAccessGroup(reader, id);
    },
    async 'access.change-group'({ params, body, by }) {
      await changeAccessGroup(log, params.id, body, by);
      return readAccessGroup(reader, params.id);
    },
    'access.remove-group': ({ params, by }) => removeAccessGroup(log, params.id, by),
    async 'access.add-members'({ params, body, by }) {
      await addMembers(log, params.id, body.cardholderIds, by);
      return readAccessGroup(reader, params.id);
    },
    async 'access.remove-members'({ params, body, by }) {
      await removeMembers(log, params.id, body.cardholderIds, by);
      return readAccessGroup(reader, params.id);
    },
    async 'access.add-rule'({ body, by }) {
      const { id } = await addAccessRule(log, body, by);
      return { id, ...body };
    },
    'access.remove-rule': ({ params, by }) => removeAccessRule(log, params.id, by),
    async 'access.add-schedule'({ body, by }) {
      const { id } = await addSchedule(log, body, by);
      return readSchedule(reader, id);
    },
    async 'access.change-schedule'({ params, body, by }) {
      await changeSchedule(log, params.id, body, by);
      return readSchedule(reader, params.id);
    },
    'access.remove-schedule': ({ params, by }) => removeSchedule(log, params.id, by),
    async 'access.set-day'({ body, by }) {
      await setCalendarDays(log, [body], by);
      return body;
    },
    'access.remove-day': ({ params, by }) => removeCalendarDays(log, [params.date], by),
    async 'access.explain'({ query, actor }) {
      const explanation = await explainCard(deps, query);
      const isSecret = (readKey: string) => !seesNumbers(actor) && givesAway(deps.directory, readKey);
      const steps = explanation.steps.map((step) => ({
        ...step,
        facts: factsWithoutNumber({ ...step.facts }, isSecret),
      }));
      return { ...explanation, steps };
    },
  };
}
