/** Use case: would this card or pass be let through at this reader, and why? Asking changes nothing. */
import type { z } from 'zod';
import { type Credential, parseCredentialKey } from '../../hardware/credential.ts';
import type { Clock } from '../../hardware/ports.ts';
import type { explainQuery } from '../contract/access.ts';
import { RequestError } from '../errors.ts';
import type { ReadPass } from '../visits/pass-fact.ts';
import type { Directory } from './directory.ts';
import { type Explanation, explain } from './explain.ts';
import type { Facts, ReaderFact } from './facts.ts';
import { type FactParts, factsOfPass, factsOfRead } from './read-facts.ts';

export interface ExplainDeps extends Omit<FactParts, 'directory' | 'passes'> {
  directory: FactParts['directory'] & Pick<Directory, 'reader' | 'credential'>;
  passes: FactParts['passes'] & { byId(passId: string): ReadPass | undefined };
  clock: Pick<Clock, 'now'>;
}

/** A card by its key, or a pass by its id: its token stands in no record by which to ask. */
export interface Asking {
  readerId: string;
  key?: string | undefined;
  passId?: string | undefined;
  at?: number | undefined;
}

/** Nothing that any reader sends: a pass that is asked about by its id has been read nowhere. */
const unread: Credential = { technology: 'text', bits: 0, value: '' };

/**
 * At the given moment, or now; people, rules and anti-passback as they stand now. Throws not-found,
 * invalid-request.
 */
export function explainCard(
  deps: ExplainDeps,
  { readerId, at = deps.clock.now(), ...asked }: z.output<typeof explainQuery>,
): Explanation {
  const reader = deps.directory.reader(readerId);
  if (!reader) throw new RequestError('not-found', 'There is no such reader.');
  const credential = 'passId' in asked ? unread : credentialOf(deps.directory, asked);
  const facts =
    'passId' in asked ? factsById(deps, reader, asked.passId) : factsOfRead(deps, reader, credential);
  if (!facts) throw new RequestError('conflict', 'This reader stands at no lane.', { why: 'reader.no-lane' });
  return explain(facts, { deviceId: reader.deviceId, reader: reader.number, at, credential }, at);
}

function credentialOf(
  directory: Pick<Directory, 'credential'>,
  card: { credentialId: string } | { key: string },
): Credential {
  if ('key' in card) return typed(card.key);
  const enrolled = directory.credential(card.credentialId);
  if (enrolled) return enrolled;
  throw new RequestError('not-found', 'There is no such credential.');
}

function typed(key: string): Credential {
  const credential = parseCredentialKey(key);
  if (credential) return credential;
  throw new RequestError('invalid-request', 'This is not the key of a credential.', { why: 'card.no-key' }, [
    { path: 'key', message: 'not a credential key' },
  ]);
}

function factsById(deps: ExplainDeps, reader: ReaderFact, passId: string): Facts | undefined {
  const pass = deps.passes.byId(passId);
  if (!pass) throw new RequestError('not-found', 'There is no such pass, or its visit is over.');
  return factsOfPass(deps, reader, pass);
}
