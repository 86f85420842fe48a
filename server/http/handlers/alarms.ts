import { acknowledge, listAlarms } from '../../alarms/alarm-list.ts';
import type { Reader } from '../../db.ts';
import type { HandlersOf } from '../handler.ts';

export interface AlarmDeps {
  reader: Reader;
  events: Parameters<typeof acknowledge>[0]['events'];
  clock: Parameters<typeof acknowledge>[0]['clock'];
}

export function alarmHandlers(deps: AlarmDeps): HandlersOf<'alarms.list' | 'alarms.acknowledge'> {
  return {
    'alarms.list': ({ query }) => listAlarms(deps, query),
    'alarms.acknowledge': ({ params, actor }) => acknowledge(deps, params.id, actor.accountId),
  };
}
