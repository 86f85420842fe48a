/** Use case: would this card be let through at this reader, and why? Asking changes nothing. */
import type { z } from 'zod';
import { type Credential, parseCredentialKey } from '../../hardware/credential.ts';
import type { Clock } from '../../hardware/ports.ts';
import type { explainQuery } from '../contract/access.ts';
import { RequestError } from '../errors.ts';
import type { Directory } from './directory.ts';
import { type Explanation, explain } from './explain.ts';
import type { Presence } from './presence.ts';

export interface ExplainDeps {
  directory: Pick<Directory, 'reader' | 'facts' | 'credential'>;
  presence: Pick<Presence, 'lastPassage'>;
  clock: Pick<Clock, 'now'>;
  /** Whether a reader is in the secure channel. */
  secure(deviceId: string, number: number): boolean;
}

/**
 * At the given moment, or now; people, rules and anti-passback as they stand now. Throws not-found,
 * invalid-request.
 */
export function explainCard(
  { directory, presence, clock, secure }: ExplainDeps,
  { readerId, at = clock.now(), ...card }: z.output<typeof explainQuery>,
): Explanation {
  const reader = directory.reader(readerId);
  if (!reader) throw new RequestError('not-found', 'There is no such reader.');
  const credential =
    'credentialId' in card ? enrolledOf(directory, card.credentialId) : credentialOf(card.key);
  const facts = directory.facts(reader, credential, presence.lastPassage);
  if (!facts) throw new RequestError('conflict', 'This reader stands at no lane.', { why: 'reader.no-lane' });
  const asked = { ...facts, secure: secure(reader.deviceId, reader.number) };
  return explain(asked, { deviceId: reader.deviceId, reader: reader.number, at, credential }, at);
}

function enrolledOf(directory: Pick<Directory, 'credential'>, id: string): Credential {
  const enrolled = directory.credential(id);
  if (enrolled) return enrolled;
  throw new RequestError('not-found', 'There is no such credential.');
}

function credentialOf(key: string): Credential {
  const credential = parseCredentialKey(key);
  if (credential) return credential;
  throw new RequestError('invalid-request', 'This is not the key of a credential.', { why: 'card.no-key' }, [
    { path: 'key', message: 'not a credential key' },
  ]);
}
