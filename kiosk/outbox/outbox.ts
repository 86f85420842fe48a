/**
 * Registrations leave by one door: kept first, then sent, then forgotten. What is sent twice, because an answer was
 * lost, counts once on the server by its key.
 */
import { ApiError } from '../../server/contract/client.ts';
import type { Failure } from '../failure.ts';
import type { Answer, Answered, Registration } from '../flow/words.ts';
import type { Packet } from './packet.ts';
import type { OutboxStore } from './store.ts';

/** How the server takes a packet, and why it failed. */
export interface Post {
  register(registration: Registration, pictures: Pick<Packet, 'photo' | 'signature'>): Promise<Answered>;
  failureOf(error: unknown): Failure;
}

export interface Outbox {
  /** Sends it now, or keeps it for later. */
  send(packet: Packet): Promise<Answer>;
  /** Sends what waits, the oldest first, until one fails for want of the server. */
  flush(now: number): Promise<void>;
  waiting(): Promise<number>;
}

/** So long what could not be sent is kept; a week, and the visit is history that a guard has taken down by hand. */
export const keepMs = 7 * 86_400_000;

export function createOutbox(store: OutboxStore, post: Post): Outbox {
  let flushing: Promise<void> | undefined;
  /** Those under way from the screen: a flush leaves them alone. */
  const underWay = new Set<string>();

  async function deliver(packet: Packet, late: boolean): Promise<Answered> {
    const { key } = packet.registration;
    const madeAt = late ? { madeAt: packet.madeAt } : {};
    const answer = await post.register({ ...packet.registration, ...madeAt } as Registration, packet);
    await store.remove(key);
    return answer;
  }

  async function flushOnce(now: number): Promise<void> {
    await store.forgetBefore(now - keepMs);
    for (const key of await store.waiting()) {
      const packet = underWay.has(key) ? undefined : await store.get(key);
      if (!packet) continue;
      try {
        await deliver(packet, true);
      } catch (error) {
        if (post.failureOf(error) !== 'refused') return;
        await store.refuse(key);
      }
    }
  }

  return {
    async send(packet) {
      const { key } = packet.registration;
      underWay.add(key);
      try {
        await store.put(packet);
        return { kind: 'visit', visit: await deliver(packet, false) };
      } catch (error) {
        const code = post.failureOf(error);
        // Nothing of it may come later when the person is told that it was not taken.
        if (code === 'refused' && error instanceof ApiError) await store.remove(key);
        return code === 'refused' ? { kind: 'failed', code } : { kind: 'kept' };
      } finally {
        underWay.delete(key);
      }
    },
    flush(now) {
      flushing ??= flushOnce(now).finally(() => {
        flushing = undefined;
      });
      return flushing;
    },
    waiting: async () => (await store.waiting()).length,
  };
}
