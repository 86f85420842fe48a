import { acknowledge, listAlarms } from '../../alarms/alarm-list.ts';
import { withStoreAlarm } from '../../alarms/store-alarm.ts';
import { can } from '../../contract/capabilities.ts';
import type { Reader } from '../../db.ts';
import type { Recorder } from '../../events/recorder.ts';
import type { HandlersOf } from '../handler.ts';

export interface AlarmDeps {
  questions: Reader;
  recorder: Pick<Recorder, 'status'>;
  events: Parameters<typeof acknowledge>[0]['events'];
  clock: Parameters<typeof acknowledge>[0]['clock'];
}

export function alarmHandlers(deps: AlarmDeps): HandlersOf<'alarms.list' | 'alarms.acknowledge'> {
  return {
    async 'alarms.list'({ query, actor }) {
      const page = await listAlarms(deps.questions, query, can(actor.role, 'alarms.silent'));
      return query.before === undefined ? withStoreAlarm(page, deps.recorder.status()) : page;
    },
    'alarms.acknowledge': ({ params, actor }) =>
      acknowledge(deps, params.id, actor.accountId, can(actor.role, 'alarms.silent')),
  };
}
