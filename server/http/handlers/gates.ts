import type { Reader } from '../../db.ts';
import type { EventLog } from '../../events/port.ts';
import { readCampus } from '../../gates/campus.ts';
import { addGate, changeGate, removeGate } from '../../gates/gates.ts';
import { addLane, changeLane, type LaneSetupDeps, removeLane } from '../../gates/lane-setup.ts';
import type { Lanes } from '../../gates/lanes.ts';
import { type OpenLaneDeps, openLane } from '../../gates/open-lane.ts';
import type { SetPosture } from '../../gates/set-posture.ts';
import { addZone, changeZone, removeZone } from '../../gates/zones.ts';
import type { HandlersOf } from '../handler.ts';

export interface GateDeps {
  reader: Reader;
  events: Pick<EventLog, 'change'>;
  lanes: Pick<Lanes, 'states'> & OpenLaneDeps['lanes'];
  setPosture: SetPosture;
  recorder: OpenLaneDeps['recorder'];
  clock: OpenLaneDeps['clock'];
  models: LaneSetupDeps['models'];
  abilities: NonNullable<LaneSetupDeps['abilities']>;
}

export function gateHandlers(
  deps: GateDeps,
): HandlersOf<
  | 'campus.get'
  | `gates.${'add' | 'change' | 'remove'}`
  | `zones.${'add' | 'change' | 'remove'}`
  | `lanes.${'add' | 'change' | 'remove' | 'open' | 'posture'}`
> {
  return {
    'campus.get': () => readCampus(deps),
    'gates.add': ({ body, by }) => addGate(deps, body, by),
    'gates.change': ({ params, body, by }) => changeGate(deps, params.id, body, by),
    'gates.remove': ({ params, by }) => removeGate(deps, params.id, by),
    'zones.add': ({ body, by }) => addZone(deps, body, by),
    'zones.change': ({ params, body, by }) => changeZone(deps, params.id, body, by),
    'zones.remove': ({ params, by }) => removeZone(deps, params.id, by),
    'lanes.add': ({ body, by }) => addLane(deps, body, by),
    'lanes.change': ({ params, body, by }) => changeLane(deps, params.id, body, by),
    'lanes.remove': ({ params, by }) => removeLane(deps, params.id, by),
    'lanes.open': ({ params, by }) => openLane(deps, params.id, by),
    'lanes.posture': ({ params, body, by }) => deps.setPosture(params.id, body, by),
  };
}
