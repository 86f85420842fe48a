/** What the form of a person holds, and what of it the server is told; pure. */
import type { Cardholder } from '../../server/contract/people.ts';
import type { RouteCall } from '../../server/contract/route.ts';
import type { Routes } from '../../server/contract/routes.ts';
import type { CardholderKind } from '../../server/contract/words.ts';

export interface PersonForm {
  name: string;
  kind: CardholderKind;
  number?: string | null;
  unit?: string | null;
  groupIds?: string[];
}

export function personForm(person: Cardholder): Required<PersonForm> {
  const { name, kind, number, unit, groupIds } = person;
  return { name, kind, number, unit, groupIds };
}

/** What the server takes: empty texts are none. */
export function personBody({ name, kind, number, unit, groupIds }: PersonForm) {
  return {
    name: name.trim(),
    kind,
    number: number?.trim() || null,
    unit: unit?.trim() || null,
    groupIds: groupIds ?? [],
  };
}

type Change = Omit<RouteCall<Routes['people.change']>['body'], 'reason'>;

/**
 * Only what was changed since the form was `shown`: what another has changed meanwhile stays. Groups that the form
 * doesn't have, as its user may not see them, stay too.
 */
export function personChange(shown: Required<PersonForm>, fields: PersonForm): Change {
  const { groupIds: before, ...old } = shown;
  const { groupIds, ...now } = personBody({ ...fields, groupIds: fields.groupIds ?? before });
  const names = (Object.keys(now) as (keyof typeof now)[]).filter((name) => now[name] !== old[name]);
  const added = groupIds.filter((id) => !before.includes(id));
  const removed = before.filter((id) => !groupIds.includes(id));
  return {
    ...Object.fromEntries(names.map((name) => [name, now[name]])),
    ...(added.length > 0 && { addGroupIds: added }),
    ...(removed.length > 0 && { removeGroupIds: removed }),
  };
}
