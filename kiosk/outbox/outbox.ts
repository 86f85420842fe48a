/**
 * Registrations leave by one door: kept first, then sent, then forgotten. What is sent twice, because an answer was
 * lost, counts once on the server by its key.
 */
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
  /** Sends it now, or keeps it for later. Says that it is kept only when it is. */
  send(packet: Packet): Promise<Answer>;
  /** Sends what waits, the oldest first, until one fails for want of the server. */
  flush(now: number): Promise<void>;
  waiting(): Promise<number>;
}

/** So long what the server refused is kept: a week. What was not sent yet stays, whatever the kiosk's clock says. */
export const keepMs = 7 * 86_400_000;

export function createOutbox(store: OutboxStore, post: Post): Outbox {
  let flushing: Promise<void> | undefined;
  /** Those under way from the screen: a flush leaves them alone. */
  const underWay = new Set<string>();

  async function deliver(packet: Packet, late: boolean): Promise<Answered> {
    const { key } = packet.registration;
    const madeAt = late ? { madeAt: packet.madeAt } : {};
    const answer = await post.register({ ...packet.registration, ...madeAt } as Registration, packet);
    // Where it stays it goes once more, and counts once.
    await store.remove(key).catch(() => undefined);
    return answer;
  }

  async function flushOnce(now: number): Promise<void> {
    await store.forgetRefused(now - keepMs);
    for (const key of await store.waiting()) {
      // One that can't be opened holds up none behind it.
      const packet = underWay.has(key) ? undefined : await store.get(key).catch(() => undefined);
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
      const kept = await store.put(packet).then(
        () => true,
        () => false,
      );
      try {
        return { kind: 'visit', visit: await deliver(packet, false) };
      } catch (error) {
        const code = post.failureOf(error);
        if (kept && (code === 'offline' || code === 'too-many')) return { kind: 'kept' };
        // Nothing of it may come later when the person is told that it was not taken.
        await store.remove(key).catch(() => undefined);
        return { kind: 'failed', code };
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
