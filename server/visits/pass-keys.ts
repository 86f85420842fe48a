/**
 * The keys that sign passes, in the store's secrets: one that signs, and the public halves of former ones for as long
 * as something signed with them may be good. A token is made anew whenever its page is opened, so after a rotation it
 * comes signed with the new key, and nobody needs the old private half again.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { By, NewEvent } from '../contract/events.ts';
import { visitsAheadDays } from '../contract/visits.ts';
import type { Reader, Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import type { EventLog } from '../events/port.ts';

const prefix = 'pass-key:';
const overlapMs = visitsAheadDays * 86_400_000;

/** The value of a secret; keys as base64 DER. */
const kept = z.object({
  publicKey: z.string(),
  /** Of the one that signs. */
  privateKey: z.string().optional(),
  /** Of a former one: good for nothing from then on. */
  verifiesUntil: z.number().optional(),
});
type Kept = z.infer<typeof kept> & { keyId: number };

export interface VerifyingKey {
  readonly publicKey: KeyObject;
  readonly verifiesUntil: number;
}

/** By key id, what a lane has to know. */
export async function readVerifyingKeys(store: Reader): Promise<Map<number, VerifyingKey>> {
  return new Map(
    (await readKeys(store)).map(({ keyId, publicKey, verifiesUntil = Number.POSITIVE_INFINITY }) => [
      keyId,
      {
        publicKey: createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' }),
        verifiesUntil,
      },
    ]),
  );
}

/** Undefined before the first pass. */
export async function readSigningKey(
  store: Reader | Tx,
): Promise<{ keyId: number; privateKey: KeyObject } | undefined> {
  for (const { keyId, privateKey } of await readKeys(store)) {
    if (privateKey === undefined) continue;
    const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' });
    return { keyId, privateKey: key };
  }
  return undefined;
}

/** Made on first use. @returns the events of the transaction */
export async function ensureSigningKey(tx: Tx): Promise<NewEvent[]> {
  if (await readSigningKey(tx)) return [];
  return [(await addKey(tx, await readKeys(tx))).event];
}

/**
 * What was signed before stays good for as long as a visit can be announced ahead; at once nothing of it where the key
 * is `compromised`. Throws conflict where all key ids are still in use.
 */
export function rotatePassKey(
  { events, now }: { events: Pick<EventLog, 'change'>; now(): number },
  { compromised }: { compromised: boolean },
  by: By,
): Promise<{ keyId: number }> {
  return events.change(async (tx) => {
    const at = now();
    const recorded: NewEvent[] = [];
    const staying: Kept[] = [];
    for (const former of await readKeys(tx)) {
      const { keyId, publicKey, privateKey, verifiesUntil = at + overlapMs } = former;
      const until = compromised && privateKey !== undefined ? at : verifiesUntil;
      const name = prefix + keyId;
      if (privateKey !== undefined) {
        recorded.push({ type: 'pass-key.retired', data: { keyId, verifiesUntil: until }, ...by });
      }
      if (until <= at) {
        await tx.secret.delete({ where: { name } });
      } else {
        const value = JSON.stringify({ publicKey, verifiesUntil: until });
        await tx.secret.update({ where: { name }, data: { value } });
        staying.push({ keyId, publicKey, verifiesUntil: until });
      }
    }
    // A new key under the id of one that was just given up would make its tokens look forged, not outdated.
    const gone = recorded.flatMap(({ data }) => ('keyId' in data ? [{ keyId: data.keyId }] : []));
    const { keyId, event } = await addKey(tx, [...staying, ...gone]);
    return { result: { keyId }, events: [...recorded, { ...event, ...by }] };
  });
}

async function addKey(
  tx: Tx,
  taken: readonly { keyId: number }[],
): Promise<{ keyId: number; event: NewEvent }> {
  const newest = Math.max(0, ...taken.map(({ keyId }) => keyId));
  const ids = Array.from({ length: 255 }, (_, index) => ((newest + index) % 255) + 1);
  const keyId = ids.find((id) => !taken.some((each) => each.keyId === id));
  if (keyId === undefined) {
    throw new RequestError(
      'conflict',
      'Too many former keys are still good; wait until some of them are not.',
      { why: 'pass-key.none-free' },
    );
  }
  const pair = generateKeyPairSync('ed25519');
  const value = JSON.stringify({
    publicKey: pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    privateKey: pair.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
  });
  await tx.secret.create({ data: { name: prefix + keyId, value } });
  return { keyId, event: { type: 'pass-key.added', data: { keyId } } };
}

async function readKeys(store: Reader | Tx): Promise<Kept[]> {
  const rows = await store.secret.findMany({ where: { name: { startsWith: prefix } } });
  return rows.map(({ name, value }) => ({
    keyId: Number(name.slice(prefix.length)),
    ...kept.parse(JSON.parse(value)),
  }));
}
