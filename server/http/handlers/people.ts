import type { Reader } from '../../db.ts';
import { RequestError } from '../../errors.ts';
import type { EventLog } from '../../events/port.ts';
import { getCardholder } from '../../people/cardholder-view.ts';
import { addCardholder, changeCardholder } from '../../people/cardholders.ts';
import { changeCredential, enrol } from '../../people/credentials.ts';
import { readPhoto, setPhoto } from '../../people/photos.ts';
import { type PinDeps, setPin } from '../../people/pins.ts';
import { previewTyped } from '../../people/printed-forms.ts';
import { searchPeople } from '../../people/search-people.ts';
import { personFor } from '../card-numbers.ts';
import type { HandlersOf } from '../handler.ts';
import { sniff } from '../magic-bytes.ts';

export interface PeopleDeps {
  reader: Reader;
  questions: Reader;
  events: Pick<EventLog, 'change'>;
  hashPin: PinDeps['hashPin'];
}

export function peopleHandlers(
  deps: PeopleDeps,
): HandlersOf<
  | `people.${'list' | 'get' | 'add' | 'change' | 'set-photo' | 'set-pin'}`
  | `credentials.${'enrol' | 'change' | 'preview'}`
  | 'photos.get'
> {
  return {
    async 'people.list'({ query, actor }) {
      const found = await searchPeople(deps.questions, query);
      return { ...found, people: found.people.map((person) => personFor(actor, person)) };
    },
    async 'people.get'({ params, actor }) {
      return personFor(actor, await getCardholder(deps.reader, params.id));
    },
    async 'people.add'({ body, by, actor }) {
      return personFor(actor, await addCardholder(deps, body, by));
    },
    async 'people.change'({ params, body, by, actor }) {
      return personFor(actor, await changeCardholder(deps, params.id, body, by));
    },
    async 'people.set-photo'({ params, query, body, by, actor }) {
      const contentType = sniff(body);
      if (!contentType)
        throw new RequestError('unsupported-media-type', 'This is not a picture.', {
          why: 'photo.no-picture',
        });
      return personFor(
        actor,
        await setPhoto(
          deps,
          params.id,
          { contentType, bytes: body },
          { ...by, ...(query.reason === undefined ? {} : { note: query.reason }) },
        ),
      );
    },
    async 'people.set-pin'({ params, body, by, actor }) {
      return personFor(actor, await setPin(deps, params.id, body.pin, by));
    },
    'photos.get': ({ params }) => readPhoto(deps, params.id),
    'credentials.enrol': ({ params, body, by }) => enrol(deps, params.id, body, by),
    'credentials.change': ({ params, body, by }) => changeCredential(deps, params.id, body, by),
    'credentials.preview': async ({ query }) => previewTyped(query.typed),
  };
}
