/** Use case: would this card or pass be let through at this reader, and why? Asking changes nothing. */
import type { z } from 'zod';
import { type Credential, parseCredentialKey } from '../../hardware/credential.ts';
import type { Clock } from '../../hardware/ports.ts';
import type { explainQuery } from '../contract/access.ts';
import type { Reader } from '../db.ts';
import { RequestError } from '../errors.ts';
import type { ReadPass } from '../visits/pass-fact.ts';
import type { Directory } from './directory.ts';
import { type Explanation, explain } from './explain.ts';
import type { Facts, ReaderFact } from './facts.ts';
import { passageBefore, passPresenceBefore } from './past-presence.ts';
import { type FactParts, factsOfPass, factsOfRead } from './read-facts.ts';

export interface ExplainDeps extends Omit<FactParts, 'directory' | 'passes'> {
  directory: FactParts['directory'] & Pick<Directory, 'reader' | 'credential' | 'lane'>;
  passes: FactParts['passes'] & { byId(passId: string): ReadPass | undefined };
  questions: Pick<Reader, '$queryRawUnsafe'>;
  clock: Pick<Clock, 'now'>;
  /** Whether a reader is in the secure channel. */
  secure(deviceId: string, number: number): boolean;
}

/** Nothing that any reader sends: a pass that is asked about by its id has been read nowhere. */
const unread: Credential = { technology: 'text', bits: 0, value: '' };

/**
 * At the given moment, or now; people and rules as they stand now, anti-passback and the use of a pass as they stood
 * before the record that is asked about. Throws not-found, invalid-request.
 */
export async function explainCard(
  deps: ExplainDeps,
  { readerId, at = deps.clock.now(), before, ...asked }: z.output<typeof explainQuery>,
): Promise<Explanation> {
  const reader = deps.directory.reader(readerId);
  if (!reader) throw new RequestError('not-found', 'There is no such reader.');
  const credential = 'passId' in asked ? unread : credentialOf(deps.directory, asked);
  const facts =
    'passId' in asked
      ? await factsById(deps, reader, asked.passId, before)
      : before === undefined
        ? factsOfRead(deps, reader, credential)
        : await factsBefore(deps, reader, credential, before);
  if (!facts) throw new RequestError('conflict', 'This reader stands at no lane.', { why: 'reader.no-lane' });
  const secure = deps.secure(reader.deviceId, reader.number);
  return explain(
    { ...facts, secure },
    { deviceId: reader.deviceId, reader: reader.number, at, credential },
    at,
  );
}

/** The directory asks at once; the past has to be looked up. So it is asked what it wants to know, and then told. */
async function factsBefore(
  deps: ExplainDeps,
  reader: ReaderFact,
  credential: Credential,
  before: number,
): Promise<Facts | undefined> {
  const { directory, presence, questions } = deps;
  const factsBy = (lastPassage: FactParts['presence']['lastPassage']) =>
    factsOfRead({ ...deps, presence: { ...presence, lastPassage } }, reader, credential);
  let wanted: { cardholderId: string; zoneId: string } | undefined;
  const facts = factsBy((cardholderId, zoneId) => {
    wanted = { cardholderId, zoneId };
    return undefined;
  });
  if (!wanted) return facts;
  const past = await passageBefore(questions, { ...wanted, before }, zoneOfLaneIn(directory));
  return factsBy(() => past);
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

async function factsById(
  deps: ExplainDeps,
  reader: ReaderFact,
  passId: string,
  before: number | undefined,
): Promise<Facts | undefined> {
  const { directory, passes, questions } = deps;
  const pass = passes.byId(passId);
  if (!pass) throw new RequestError('not-found', 'There is no such pass, or its visit is over.');
  const presence =
    before === undefined
      ? deps.presence
      : await passPresenceBefore(questions, { passId, before }, zoneOfLaneIn(directory));
  return factsOfPass({ directory, presence }, reader, pass);
}

function zoneOfLaneIn(directory: Pick<Directory, 'lane'>): (laneId: string) => string | undefined {
  return (laneId) => directory.lane(laneId)?.zone?.id;
}
