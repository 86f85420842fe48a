/**
 * Keys between the store and the readers. A key is safe in the store before the reader hears of it, and the one before
 * is kept until the reader has taken it: whatever is lost on the way, one of the two opens the channel again.
 */
import { exposeKey, keyBytes, type OsdpKey, osdpKey } from '../../codec/osdp/key.ts';
import type { MoveResult, OsdpKeyStore, ReaderPlace, ReaderResult, StoredKeys } from '../../osdp-ports.ts';
import { resultOf } from './ask-result.ts';
import type { Ask, AskResult, PdKeys } from './pd.ts';

export interface KeyParts {
  store: OsdpKeyStore;
  randomBytes(count: number): Uint8Array;
}

export async function loadKeys({ store }: KeyParts, place: ReaderPlace): Promise<PdKeys> {
  const { current, next } = await store.get(place);
  return { ...(current ? { current: osdpKey(current) } : {}), ...(next ? { next: osdpKey(next) } : {}) };
}

export function saveKeys({ store }: KeyParts, place: ReaderPlace, { current, next }: PdKeys): Promise<void> {
  const keys: StoredKeys = {
    ...(current ? { current: exposeKey(current) } : {}),
    ...(next ? { next: exposeKey(next) } : {}),
  };
  return store.put(place, keys);
}

export interface Rekeying {
  place: ReaderPlace;
  keys: PdKeys;
  /** Told before the reader hears of it. */
  learn(keys: PdKeys): void;
  ask(ask: Pick<Ask, 'command' | 'rank'>): Promise<AskResult>;
}

/**
 * Hands a fresh random key to a reader in its secure channel. Rejects when the store does; the reader then has its old
 * one.
 */
export async function giveKey(parts: KeyParts, { place, keys, learn, ask }: Rekeying): Promise<ReaderResult> {
  const key: OsdpKey = osdpKey(parts.randomBytes(keyBytes));
  const both: PdKeys = { ...(keys.current ? { current: keys.current } : {}), next: key };
  await saveKeys(parts, place, both);
  learn(both);
  return resultOf(await ask({ command: { kind: 'keyset', key }, rank: 'show' }));
}

/**
 * Keys stand at the new place before the reader does: without them it could not be spoken to there. When it surely did
 * not go there, they don't stay; they follow it to wherever else it says that it goes. Rejects when the store does.
 */
export async function carryingKeys(
  parts: KeyParts,
  { keys, from, to }: { keys: PdKeys; from: ReaderPlace; to: ReaderPlace },
  go: () => Promise<MoveResult>,
): Promise<MoveResult> {
  const before = await loadKeys(parts, to);
  const goes = to.reader !== from.reader;
  if (goes) await saveKeys(parts, to, keys);
  const result = await go();
  const { outcome, at } = result;
  const followed = outcome === 'done' ? at?.address : undefined;
  const elsewhere = followed !== undefined && followed !== to.reader;
  if (elsewhere && followed !== from.reader) await saveKeys(parts, { ...to, reader: followed }, keys);
  // Without an answer it may be at either place.
  if (goes && (elsewhere || (outcome !== 'done' && outcome !== 'lost'))) await saveKeys(parts, to, before);
  return result;
}
