/** Use case: would this card be let through at this reader, and why? Asking changes nothing. */
import type { z } from 'zod';
import { type Credential, parseCredentialKey } from '../../hardware/credential.ts';
import type { Clock } from '../../hardware/ports.ts';
import type { explainQuery } from '../contract/access.ts';
import type { Reader } from '../db.ts';
import { RequestError } from '../errors.ts';
import type { Directory } from './directory.ts';
import { type Explanation, explain } from './explain.ts';
import type { Facts } from './facts.ts';
import { passageBefore } from './past-presence.ts';
import type { Presence } from './presence.ts';

export interface ExplainDeps {
  directory: Pick<Directory, 'reader' | 'facts' | 'credential' | 'lane'>;
  questions: Pick<Reader, '$queryRawUnsafe'>;
  presence: Pick<Presence, 'lastPassage'>;
  clock: Pick<Clock, 'now'>;
}

/**
 * At the given moment, or now; people and rules as they stand now, anti-passback as it stood before the record that is
 * asked about. Throws not-found, invalid-request.
 */
export async function explainCard(
  { directory, presence, questions, clock }: ExplainDeps,
  { readerId, at = clock.now(), before, ...card }: z.output<typeof explainQuery>,
): Promise<Explanation> {
  const reader = directory.reader(readerId);
  if (!reader) throw new RequestError('not-found', 'There is no such reader.');
  const credential =
    'credentialId' in card ? enrolledOf(directory, card.credentialId) : credentialOf(card.key);
  const factsBy = (lastPassage: Presence['lastPassage']) => directory.facts(reader, credential, lastPassage);
  const facts =
    before === undefined
      ? factsBy(presence.lastPassage)
      : await factsBefore(factsBy, { directory, questions }, before);
  if (!facts) throw new RequestError('conflict', 'This reader stands at no lane.', { why: 'reader.no-lane' });
  return explain(facts, { deviceId: reader.deviceId, reader: reader.number, at, credential }, at);
}

/** The directory asks at once; the past has to be looked up. So it is asked what it wants to know, and then told. */
async function factsBefore(
  factsBy: (lastPassage: Presence['lastPassage']) => Facts | undefined,
  { directory, questions }: Pick<ExplainDeps, 'directory' | 'questions'>,
  before: number,
): Promise<Facts | undefined> {
  let wanted: { cardholderId: string; zoneId: string } | undefined;
  const facts = factsBy((cardholderId, zoneId) => {
    wanted = { cardholderId, zoneId };
    return undefined;
  });
  if (!wanted) return facts;
  const zoneOfLane = (laneId: string) => directory.lane(laneId)?.zone?.id;
  const past = await passageBefore(questions, { ...wanted, before }, zoneOfLane);
  return factsBy(() => past);
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
