/** All that is known of one read, card or pass: from memory, no query. */
import type { Credential } from '../../hardware/credential.ts';
import type { ReadPass } from '../visits/pass-fact.ts';
import type { Directory } from './directory.ts';
import type { Facts, ReaderFact } from './facts.ts';
import type { Presence } from './presence.ts';
import { noZone } from './presence-state.ts';

export interface FactParts {
  directory: Pick<Directory, 'facts' | 'standsOpen'>;
  presence: Pick<Presence, 'lastPassage' | 'crossed'>;
  /** Undefined for what is no visitor's pass. */
  passes: { find(credential: Credential): ReadPass | undefined };
}

/** Undefined when the reader stands at no lane. */
export function factsOfRead(
  { directory, presence, passes }: FactParts,
  reader: ReaderFact,
  credential: Credential | undefined,
): Facts | undefined {
  const read = credential && passes.find(credential);
  return read
    ? factsOfPass({ directory, presence }, reader, read)
    : directory.facts(reader, credential, presence.lastPassage);
}

/** The same of a pass that is not read just now. */
export function factsOfPass(
  { directory, presence }: Pick<FactParts, 'directory' | 'presence'>,
  reader: ReaderFact,
  { token, pass }: ReadPass,
): Facts | undefined {
  const facts = directory.facts(reader, undefined, presence.lastPassage);
  if (!facts) return undefined;
  const zoneId = facts.lane.zone?.id ?? noZone;
  // Who went through a lane that stands open went uncounted.
  const lastPassage =
    pass && !directory.standsOpen(zoneId) ? presence.lastPassage(pass.id, zoneId) : undefined;
  return {
    ...facts,
    found: { kind: 'pass', token, pass, lastPassage, crossed: pass && presence.crossed(pass.id, zoneId) },
  };
}
