import type { Devices } from '../../gates/devices.ts';
import type { ReaderActions } from '../../gates/reader-actions.ts';
import { addReader, changeReader, removeReader } from '../../gates/readers.ts';
import type { HandlersOf } from '../handler.ts';

export interface ReaderDeps {
  events: Parameters<typeof addReader>[0]['events'];
  models: Parameters<typeof addReader>[0]['models'];
  devices: Pick<Devices, 'configure'>;
  actions: ReaderActions;
}

export function readerHandlers(
  deps: ReaderDeps,
): HandlersOf<
  | `readers.${'add' | 'change' | 'remove' | 'enrol' | 'rotate-key' | 'move' | 'bring-back' | 'send-file' | 'stop-file'}`
  | `devices.${'search' | 'stop-search' | 'trace'}`
> {
  const { actions, devices } = deps;
  return {
    async 'readers.add'({ body, by }) {
      const added = await addReader(deps, body, by);
      await devices.configure();
      return added;
    },
    'readers.change': ({ params, body, by }) => changeReader(deps, params.id, body, by),
    async 'readers.remove'({ params, by }) {
      await removeReader(deps, params.id, by);
      await devices.configure();
    },
    'readers.enrol': ({ params, body, by }) => actions.enrol(params.id, body.minutes, by),
    'readers.rotate-key': ({ params, by }) => actions.rotateKey(params.id, by),
    'readers.move': ({ params, body, by }) => actions.move(params.id, body, by),
    'readers.bring-back': ({ params, by }) => actions.bringBack(params.id, by),
    'readers.send-file': ({ params, query, body, by }) =>
      actions.sendFile(params.id, { type: query.type, bytes: body }, { ...by, note: query.reason }),
    'readers.stop-file': ({ params, by }) => actions.stopFile(params.id, by),
    'devices.search': ({ params, body, by }) => actions.search(params.id, body, by),
    'devices.stop-search': ({ params }) => actions.stopSearch(params.id),
    'devices.trace': ({ params, body, by }) => actions.trace(params.id, body.seconds, by),
  };
}
