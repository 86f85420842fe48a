/**
 * What a person does with a reader's key and its place, one after the other: two at once would each store over what the
 * other has handed out, and the reader would hold a key that nobody knows.
 */
import type { ReaderResult } from '../../osdp-ports.ts';
import { resultOf } from './ask-result.ts';
import type { BusLoop } from './bus.ts';
import { keysetRefused } from './handshaking.ts';
import { carryingKeys, giveKey, type KeyParts } from './keys.ts';
import { isSecure, withEnrolment } from './pd.ts';

export interface KeyWorkParts extends KeyParts {
  deviceId: string;
  loop: Pick<BusLoop, 'pd' | 'change' | 'ask'>;
  /** Monotonic milliseconds. */
  now(): number;
}

export function keyWork(parts: KeyWorkParts) {
  const { deviceId, loop } = parts;
  const turns = new Map<number, Promise<unknown>>();
  /** Who has gone to another address is not here any more, whatever the bus has noticed. */
  const moved = new Set<number>();

  function inTurn<T>(address: number, work: () => T | Promise<T>): Promise<T> {
    const done = (turns.get(address) ?? Promise.resolve()).then(work);
    turns.set(
      address,
      done.catch(() => undefined),
    );
    return done;
  }

  const here = (address: number) => (moved.has(address) ? undefined : loop.pd(address));

  function give(address: number): Promise<ReaderResult> {
    return giveKey(parts, {
      place: { deviceId, reader: address },
      keys: loop.pd(address)?.keys ?? {},
      learn: (keys) => loop.change(address, (pd) => ({ pd: { ...pd, keys }, effects: [] })),
      ask: (ask) => loop.ask(address, ask),
    });
  }

  return {
    /** It stands in the channel under the default key. One that can't be stored is not handed out. */
    async wanted(address: number): Promise<void> {
      await inTurn(address, async () => {
        const stage = loop.pd(address)?.stage;
        if (stage?.at === 'work' && stage.with === 'default') await give(address);
      }).catch(() => loop.change(address, (pd, now) => keysetRefused(pd, [], now)));
    },
    enrol(address: number, ms: number): void {
      const until = parts.now() + ms;
      void inTurn(address, () => {
        if (here(address)) loop.change(address, (pd, now) => withEnrolment(pd, until, now));
      });
    },
    rotate: (address: number): Promise<ReaderResult> =>
      inTurn(address, () => {
        const pd = here(address);
        return pd && isSecure(pd) && pd.state === 'online' ? give(address) : { outcome: 'offline' };
      }),
    /** @param taken whether another reader has that address. */
    move: (
      from: number,
      to: { address: number; baudRate: number },
      taken: (address: number) => boolean,
    ): Promise<ReaderResult> =>
      inTurn(from, async () => {
        const pd = here(from);
        if (!pd) return { outcome: 'offline' };
        if (to.address !== from && taken(to.address)) {
          return { outcome: 'refused', detail: `another reader has the address ${to.address}` };
        }
        const command = { kind: 'comset' as const, ...to };
        const say = async () => resultOf(await loop.ask(from, { command, rank: 'show' }));
        if (to.address === from) return say();
        const place = { deviceId, reader: to.address };
        const result = await carryingKeys(parts, { keys: pd.keys, to: place }, say);
        if (result.outcome === 'done') moved.add(from);
        return result;
      }),
  };
}
