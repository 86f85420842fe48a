import { expect, it } from 'vitest';
import { ApiError } from '../../server/contract/client.ts';
import type { Problem } from '../../server/contract/problem.ts';
import { failureOf } from '../failure.ts';
import { welcome } from '../flow/test-flow.ts';
import type { Registration } from '../flow/words.ts';
import { createOutbox, keepMs, type Post } from './outbox.ts';
import { type Packet, pack, unpack } from './packet.ts';
import { newKey, open, seal } from './sealed.ts';
import { noStore, type OutboxStore } from './store.ts';

const away = new ApiError(undefined, 'no answer');
const refused = new ApiError({ status: 400, code: 'invalid-request' } as Problem, 'no');
const key = '2f6c9ed4-9f2b-4a53-9a39-111111111111';
const packet = (more: Partial<Packet> = {}): Packet => ({
  registration: { key, typeId: 'full', name: 'Test Visitor' },
  madeAt: 1000,
  ...more,
});

/** The store without the browser's database: what is kept is what there is to send. */
function memoryStore() {
  const rows = new Map<string, { packet: Packet; refused: boolean }>();
  const store: OutboxStore = {
    put: async (each) => void rows.set(each.registration.key, { packet: each, refused: false }),
    waiting: async () => [...rows].filter(([, row]) => !row.refused).map(([each]) => each),
    get: async (each) => rows.get(each)?.packet,
    refuse: async (each) => {
      const row = rows.get(each);
      if (row) row.refused = true;
    },
    remove: async (each) => void rows.delete(each),
    forgetRefused: async (at) => {
      for (const [each, row] of rows) if (row.refused && row.packet.madeAt < at) rows.delete(each);
    },
  };
  return { rows, store };
}

/** A server that counts a key once; `lose` takes its next answers away. */
function server() {
  const visits = new Map<string, Registration>();
  const state = { calls: 0, lose: 0, down: false, refuse: false };
  const post: Post = {
    async register(registration) {
      state.calls += 1;
      if (state.down) throw away;
      if (state.refuse) throw refused;
      if (!visits.has(registration.key)) visits.set(registration.key, registration);
      if (state.lose-- > 0) throw away;
      return welcome;
    },
    failureOf,
  };
  return { visits, state, post };
}

it('sends at once, and keeps nothing', async () => {
  const { rows, store } = memoryStore();
  const { visits, post } = server();
  expect(await createOutbox(store, post).send(packet())).toEqual({ kind: 'visit', visit: welcome });
  expect([visits.size, rows.size]).toEqual([1, 0]);
  expect(visits.get(key)).not.toHaveProperty('madeAt');
});

it('keeps it while the server is away, and sends it later with the time it was made', async () => {
  const { rows, store } = memoryStore();
  const { visits, state, post } = server();
  const outbox = createOutbox(store, post);
  state.down = true;
  expect(await outbox.send(packet())).toEqual({ kind: 'kept' });
  await outbox.flush(2000);
  expect(await outbox.waiting()).toBe(1);
  state.down = false;
  await Promise.all([outbox.flush(3000), outbox.flush(3000)]);
  expect(visits.get(key)).toMatchObject({ key, madeAt: 1000 });
  expect([visits.size, rows.size, state.calls]).toEqual([1, 0, 3]);
});

it('counts once when the answer was lost', async () => {
  const { store } = memoryStore();
  const { visits, state, post } = server();
  const outbox = createOutbox(store, post);
  state.lose = 1;
  expect(await outbox.send(packet())).toEqual({ kind: 'kept' });
  await outbox.flush(2000);
  expect([visits.size, state.calls, await outbox.waiting()]).toEqual([1, 2, 0]);
});

it('a refused one does not come later, and holds up none behind it', async () => {
  const { rows, store } = memoryStore();
  const { state, post } = server();
  const outbox = createOutbox(store, post);
  state.refuse = true;
  expect(await outbox.send(packet())).toEqual({ kind: 'failed', code: 'refused' });
  expect(rows.size).toBe(0);
  state.down = true;
  await outbox.send(packet());
  state.down = false;
  await outbox.flush(2000);
  expect([await outbox.waiting(), rows.size]).toEqual([0, 1]);
  const calls = state.calls;
  await outbox.flush(3000);
  expect([state.calls, rows.size]).toEqual([calls, 1]);
  await outbox.flush(1001 + keepMs);
  expect(rows.size).toBe(0);
});

it('says that it is kept only when it is, and asks the server all the same', async () => {
  const { visits, state, post } = server();
  const outbox = createOutbox(noStore, post);
  state.down = true;
  expect(await outbox.send(packet())).toEqual({ kind: 'failed', code: 'offline' });
  state.down = false;
  expect(await outbox.send(packet())).toEqual({ kind: 'visit', visit: welcome });
  expect(visits.size).toBe(1);
});

it('loses nothing that was not sent to a clock that was wrong', async () => {
  const { store } = memoryStore();
  const { visits, state, post } = server();
  const outbox = createOutbox(store, post);
  state.down = true;
  await outbox.send(packet({ madeAt: 1000 }));
  state.down = false;
  await outbox.flush(1001 + keepMs);
  expect(visits.size).toBe(1);
});

it('one that cannot be opened holds up none behind it', async () => {
  const { store } = memoryStore();
  const { visits, state, post } = server();
  const get: OutboxStore['get'] = (each) =>
    each === key ? Promise.reject(new Error('another key')) : store.get(each);
  const outbox = createOutbox({ ...store, get }, post);
  state.down = true;
  await outbox.send(packet());
  const other = { ...packet().registration, key: key.replace('2f', '3f') };
  await outbox.send(packet({ registration: other }));
  state.down = false;
  await outbox.flush(2000);
  expect([...visits.keys()]).toEqual([other.key]);
});

it('of a kiosk that is not known any more nothing is said to be kept', async () => {
  const { rows, store } = memoryStore();
  const { post } = server();
  const unknown = new ApiError({ status: 401, code: 'not-signed-in' } as unknown as Problem, 'no');
  const register = () => Promise.reject(unknown);
  const outbox = createOutbox(store, { ...post, register });
  expect(await outbox.send(packet())).toEqual({ kind: 'failed', code: 'not-paired' });
  expect(rows.size).toBe(0);
});

it('a photo leaves with the form, also when it is sent later', async () => {
  const { store } = memoryStore();
  const { state, post } = server();
  const photo = new Blob([new Uint8Array([1, 2, 3])], { type: 'image/jpeg' });
  const photos: (Blob | undefined)[] = [];
  const register: Post['register'] = (registration, pictures) => {
    photos.push(pictures.photo);
    return post.register(registration, pictures);
  };
  const outbox = createOutbox(store, { ...post, register });
  state.down = true;
  await outbox.send(packet({ photo }));
  state.down = false;
  await outbox.flush(2000);
  expect(photos).toEqual([photo, photo]);
});

it('a packet comes back as it went, pictures and all', async () => {
  const photo = new Blob([new Uint8Array([1, 2, 3])], { type: 'image/jpeg' });
  const signature = new Blob([new Uint8Array([9, 8])], { type: 'image/png' });
  const back = unpack(await pack(packet({ photo, signature })));
  expect(back.registration).toEqual(packet().registration);
  expect([back.photo?.type, back.signature?.type]).toEqual(['image/jpeg', 'image/png']);
  expect([...new Uint8Array((await back.photo?.arrayBuffer()) ?? new ArrayBuffer(0))]).toEqual([1, 2, 3]);
  expect([...new Uint8Array((await back.signature?.arrayBuffer()) ?? new ArrayBuffer(0))]).toEqual([9, 8]);
  expect(unpack(await pack(packet()))).toEqual(packet());
});

it('is sealed by a key that cannot be read out, under its own name', async () => {
  const cipher = await newKey();
  await expect(crypto.subtle.exportKey('raw', cipher)).rejects.toThrow();
  const plain = await pack(packet());
  const sealed = await seal(cipher, plain, key);
  expect(Buffer.from(sealed.bytes).includes('Test Visitor')).toBe(false);
  expect(await open(cipher, sealed, key)).toEqual(plain);
  await expect(open(cipher, sealed, 'another')).rejects.toThrow();
  await expect(open(await newKey(), sealed, key)).rejects.toThrow();
});
