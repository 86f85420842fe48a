/**
 * What a person does with a reader's key and its place, one after the other: two at once would each store over what the
 * other has handed out, and the reader would hold a key that nobody knows.
 */
import { anyAddress } from '../../codec/osdp/frame.ts';
import type { LinePlace, MoveResult, ReaderResult } from '../../osdp-ports.ts';
import type { Clock } from '../../ports.ts';
import { resultOf } from './ask-result.ts';
import type { BusLoop } from './bus.ts';
import { keysetRefused } from './handshaking.ts';
import { carryingKeys, giveKey, type KeyParts } from './keys.ts';
import { type AskResult, isSecure, offlineMs, withEnrolment } from './pd.ts';
import { strayGuest } from './stray.ts';

export interface KeyWorkParts extends KeyParts {
  deviceId: string;
  baudRate: number;
  loop: Pick<BusLoop, 'pd' | 'change' | 'ask' | 'invite'>;
  /** Whether the line can be at this rate. */
  reaches(baudRate: number): boolean;
  clock: Pick<Clock, 'monotonic'>;
}

export function keyWork(parts: KeyWorkParts) {
  const { deviceId, loop } = parts;
  const turns = new Map<number, Promise<unknown>>();
  /** By address, when a reader went from it: it is not here any more, before the bus has noticed. */
  const left = new Map<number, number>();

  function inTurn<T>(address: number, work: () => T | Promise<T>): Promise<T> {
    const done = (turns.get(address) ?? Promise.resolve()).then(work);
    turns.set(
      address,
      done.catch(() => undefined),
    );
    return done;
  }

  const here = (address: number) =>
    parts.clock.monotonic() < (left.get(address) ?? Number.NEGATIVE_INFINITY) + offlineMs
      ? undefined
      : loop.pd(address);

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
      const until = parts.clock.monotonic() + ms;
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
    move: (from: number, to: LinePlace, taken: (address: number) => boolean): Promise<MoveResult> =>
      inTurn(from, async () => {
        const pd = here(from);
        if (!pd) return { outcome: 'offline' };
        if (to.address !== from && taken(to.address)) {
          return { outcome: 'refused', detail: `another reader has the address ${to.address}` };
        }
        const command = { kind: 'comset' as const, ...to };
        const say = async () => {
          const result = await loop.ask(from, { command, rank: 'show' });
          const other = (address: number) => address >= anyAddress || (address !== from && taken(address));
          return whereTo(result, { from: { address: from, baudRate: parts.baudRate }, to, other });
        };
        const place = (reader: number) => ({ deviceId, reader });
        const way = { keys: pd.keys, from: place(from), to: place(to.address) };
        const result = await carryingKeys(parts, way, say);
        if (result.at && result.at.address !== from) left.set(from, parts.clock.monotonic());
        return result;
      }),
    bringBack: (address: number, from: LinePlace): Promise<ReaderResult> =>
      inTurn(address, async () => {
        const keys = loop.pd(address)?.keys;
        if (!keys || from.address > anyAddress || !parts.reaches(from.baudRate))
          return { outcome: 'offline' };
        const home = { address, baudRate: parts.baudRate };
        const { guest, result } = strayGuest({ ...parts, keys, from, home });
        loop.invite(guest);
        const back = await result;
        if (back.outcome === 'done') left.delete(address);
        return back;
      }),
  };
}

/** COM says what the reader goes to, and that need not be what COMSET asked for. */
function whereTo(
  result: AskResult,
  { from, to, other }: { from: LinePlace; to: LinePlace; other: (address: number) => boolean },
): MoveResult {
  if (result.kind !== 'answered') return resultOf(result);
  const { reply } = result;
  if (reply.kind !== 'com')
    return { outcome: 'lost', detail: `it answered ${reply.kind}, and not where it is` };
  const at: LinePlace = { address: reply.address, baudRate: reply.baudRate };
  const is = (place: LinePlace) => at.address === place.address && at.baudRate === place.baudRate;
  if (is(to)) return { outcome: 'done', at };
  if (is(from))
    return { outcome: 'refused', detail: `it stays at address ${at.address}, ${at.baudRate} baud` };
  return { outcome: other(at.address) ? 'elsewhere' : 'done', at };
}
