/** Access rules: a group may pass a lane in a direction while a schedule is open. A rule is added or removed, never changed. */

import { randomUUID } from 'node:crypto';
import type { By } from '../contract/events.ts';
import { RequestError } from '../errors.ts';
import type { EventLog } from '../events/port.ts';
import type { RuleDirection } from './facts.ts';

type Changes = Pick<EventLog, 'change'>;

export interface AccessRuleInput {
  groupId: string;
  laneId: string;
  direction: RuleDirection;
  scheduleId: string;
}

/** RequestError `not-found` when the group, the lane or the schedule is not there; `conflict` when the rule is there already. */
export function addAccessRule(log: Changes, input: AccessRuleInput, by: By): Promise<{ id: string }> {
  const { groupId, laneId, direction, scheduleId } = input;
  return log.change(async (tx) => {
    if (!(await tx.accessGroup.findUnique({ where: { id: groupId } }))) {
      throw new RequestError('not-found', 'There is no such access group.');
    }
    if (!(await tx.lane.findUnique({ where: { id: laneId } }))) {
      throw new RequestError('not-found', 'There is no such lane.');
    }
    if (!(await tx.schedule.findUnique({ where: { id: scheduleId } }))) {
      throw new RequestError('not-found', 'There is no such schedule.');
    }
    const rule = { groupId, laneId, direction, scheduleId };
    if (await tx.accessRule.findFirst({ where: rule })) {
      throw new RequestError('conflict', 'This group has this rule already.', { why: 'rule.exists' });
    }
    const { id } = await tx.accessRule.create({ data: { id: randomUUID(), ...rule } });
    return {
      result: { id },
      events: [{ type: 'access-rule.added', data: { ruleId: id, groupId, laneId }, ...by }],
    };
  });
}

/** RequestError `not-found`. */
export function removeAccessRule(log: Changes, ruleId: string, by: By): Promise<void> {
  return log.change(async (tx) => {
    const rule = await tx.accessRule.findUnique({ where: { id: ruleId } });
    if (!rule) throw new RequestError('not-found', 'There is no such access rule.');
    await tx.accessRule.delete({ where: { id: ruleId } });
    const { groupId, laneId } = rule;
    return {
      result: undefined,
      events: [{ type: 'access-rule.removed', data: { ruleId, groupId, laneId }, ...by }],
    };
  });
}
