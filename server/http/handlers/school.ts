import type { Reader } from '../../db.ts';
import type { EventLog } from '../../events/port.ts';
import { changeSchool, notSetUp, schoolOf } from '../../school/school.ts';
import type { HandlersOf } from '../handler.ts';

export interface SchoolDeps {
  reader: Reader;
  log: Pick<EventLog, 'change'>;
}

export function schoolHandlers(deps: SchoolDeps): HandlersOf<'school.get' | 'school.change'> {
  return {
    async 'school.get'() {
      const school = await schoolOf(deps.reader);
      if (!school) throw notSetUp();
      return school;
    },
    'school.change': ({ body, by }) => changeSchool(deps, body, by),
  };
}
