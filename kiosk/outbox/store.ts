/** Registrations on this device until the server has them: sealed rows in the browser's own database. */
import { type DBSchema, openDB } from 'idb';
import { type Packet, pack, unpack } from './packet.ts';
import { newKey, open, type Sealed, seal } from './sealed.ts';

interface Kept extends DBSchema {
  keys: { key: 'outbox'; value: CryptoKey };
  /** By the registration's own key. `refused`: the server will not have it; a person must look. */
  registrations: { key: string; value: { sealed: Sealed; at: number; refused: boolean } };
}

export interface OutboxStore {
  put(packet: Packet): Promise<void>;
  /** Keys of those that wait, oldest first. */
  waiting(): Promise<string[]>;
  get(key: string): Promise<Packet | undefined>;
  refuse(key: string): Promise<void>;
  remove(key: string): Promise<void>;
  /** Refused ones that were made before are gone. */
  forgetRefused(at: number): Promise<void>;
}

/** Where the browser keeps nothing, a full disk for instance: the kiosk works as long as the server answers. */
export const noStore: OutboxStore = {
  put: () => Promise.reject(new Error('nothing can be kept here')),
  waiting: async () => [],
  get: async () => undefined,
  refuse: async () => {},
  remove: async () => {},
  forgetRefused: async () => {},
};

export async function openStore(name = 'xiaomen-kiosk'): Promise<OutboxStore> {
  const db = await openDB<Kept>(name, 1, {
    upgrade(fresh) {
      fresh.createObjectStore('keys');
      fresh.createObjectStore('registrations');
    },
  });
  // `add` and not `put`: of two tabs that begin at once, one makes the key.
  const made = await newKey();
  await db.add('keys', made, 'outbox').catch(() => undefined);
  const cipher = (await db.get('keys', 'outbox')) ?? made;

  return {
    async put(packet) {
      const { key } = packet.registration;
      const sealed = await seal(cipher, await pack(packet), key);
      await db.put('registrations', { sealed, at: packet.madeAt, refused: false }, key);
    },
    async waiting() {
      const [keys, rows] = await Promise.all([db.getAllKeys('registrations'), db.getAll('registrations')]);
      return keys
        .map((key, index) => ({ key, row: rows[index] }))
        .filter(({ row }) => row !== undefined && !row.refused)
        .sort((a, b) => (a.row?.at ?? 0) - (b.row?.at ?? 0))
        .map(({ key }) => key);
    },
    async get(key) {
      const row = await db.get('registrations', key);
      return row && unpack(await open(cipher, row.sealed, key));
    },
    async refuse(key) {
      const row = await db.get('registrations', key);
      if (row) await db.put('registrations', { ...row, refused: true }, key);
    },
    remove: (key) => db.delete('registrations', key),
    async forgetRefused(at) {
      for (const key of await db.getAllKeys('registrations')) {
        const row = await db.get('registrations', key);
        if (row?.refused && row.at < at) await db.delete('registrations', key);
      }
    },
  };
}
