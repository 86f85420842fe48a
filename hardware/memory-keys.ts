/** Keys of OSDP readers in memory: for tests and demos. A reader that was given one is lost with the process. */
import type { OsdpKeyStore, ReaderPlace, StoredKeys } from './osdp-ports.ts';

export function memoryKeys(): OsdpKeyStore {
  const kept = new Map<string, StoredKeys>();
  const nameOf = ({ deviceId, reader }: ReaderPlace) => JSON.stringify([deviceId, reader]);
  return {
    get: async (place) => kept.get(nameOf(place)) ?? {},
    async put(place, keys) {
      kept.set(nameOf(place), keys);
    },
  };
}
