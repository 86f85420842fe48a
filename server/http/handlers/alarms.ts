import { acknowledge, listAlarms } from '../../alarms/alarm-list.ts';
import { withStoreAlarm } from '../../alarms/store-alarm.ts';
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
    async 'alarms.list'({ query }) {
      const page = await listAlarms(deps.questions, query);
      return query.before === undefined ? withStoreAlarm(page, deps.recorder.status()) : page;
    },
    'alarms.acknowledge': ({ params, actor }) => acknowledge(deps, params.id, actor.accountId),
  };
}
