import { can } from '../../contract/capabilities.ts';
import {
  addScreening,
  decideHold,
  listScreening,
  readHolds,
  removeScreening,
  type ScreeningDeps,
  tryName,
} from '../../visits/screening.ts';
import type { HandlersOf } from '../handler.ts';

export function screeningHandlers(
  deps: ScreeningDeps,
): HandlersOf<`screening.${'list' | 'try' | 'add' | 'remove'}` | `visits.${'holds' | 'screen'}`> {
  return {
    'screening.list': () => listScreening(deps),
    'screening.try': ({ body }) => tryName(deps, body.name),
    'screening.add': ({ body, by }) => addScreening(deps, body.entry, by),
    'screening.remove': ({ params, by }) => removeScreening(deps, params.id, by),
    'visits.holds': ({ params, actor }) =>
      readHolds(deps, params.id, can(actor.role, 'visits.screen'), actor.accountId),
    'visits.screen': ({ params, body, actor, by }) =>
      decideHold(deps, params.id, body.outcome, can(actor.role, 'visits.override'), by),
  };
}
