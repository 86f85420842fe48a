/** The decision on one read: pure, deny first, by the rules and their order in rules.ts and pass-rules.ts. */
import type { Read } from '../../hardware/ports.ts';
import type { DenyReason, GrantFlag } from '../contract/words.ts';
import type { PassFact } from '../visits/pass-fact.ts';
import type { CardholderFact, CredentialFact, Crossed, Facts, FoundPass } from './facts.ts';
import { passRules } from './pass-rules.ts';
import type { Rule, RuleName, Verdict } from './rule.ts';
import { type Asked, type Case, caseRules, identityRules } from './rules.ts';

interface OfCard {
  readonly credential: CredentialFact;
  readonly cardholder: CardholderFact;
  readonly pass?: undefined;
}

interface OfPass {
  readonly pass: PassFact;
  readonly credential?: undefined;
  readonly cardholder?: undefined;
}

interface Granted {
  readonly grant: true;
  readonly flags: readonly GrantFlag[];
}
type GrantToCard = Granted & OfCard;
export type Grant = GrantToCard | (Granted & OfPass);

/** Whose it is, once that is known. */
export interface Deny {
  readonly grant: false;
  readonly reason: DenyReason;
  readonly credential?: CredentialFact | undefined;
  readonly cardholder?: CardholderFact | undefined;
  readonly pass?: PassFact | undefined;
  /** Of `pass-used`: when and where. */
  readonly used?: Crossed | undefined;
}

export type Decision = Grant | Deny;

/** Told of every rule as it is walked. */
export type Watcher = (rule: RuleName, verdict: Verdict) => void;

const noFlags: readonly GrantFlag[] = [];

/** `watch` makes the same walk explain itself; without it nothing is collected. */
export function decide(facts: Facts, read: Read, now: number, watch?: Watcher): Decision {
  const { found } = facts;
  if (found.kind === 'pass') return decidePass(facts, found, now, watch);
  const asked: Asked = { read, facts };
  for (const rule of identityRules) {
    if (look(rule, asked, now, watch).kind === 'deny')
      return { grant: false, reason: rule.name, ...claimed(facts) };
  }
  // The rules above have refused everything else already; so would this, were they ever changed.
  if (found.kind !== 'known') return { grant: false, reason: 'unknown-credential' };

  const { credential, cardholder } = found;
  const subject: Case = { facts, known: found };
  const walked = walk(caseRules, subject, now, watch);
  if ('deny' in walked) return { grant: false, reason: walked.deny, credential, cardholder };
  return { grant: true, credential, cardholder, flags: walked.flags };
}

function decidePass(facts: Facts, found: FoundPass, now: number, watch: Watcher | undefined): Decision {
  const { pass, lastPassage, crossed } = found;
  const walked = walk(passRules, { facts, found }, now, watch);
  if ('flags' in walked && pass) return { grant: true, pass, flags: walked.flags };
  // Without a pass the rules have refused it already; so would this.
  const reason = 'deny' in walked ? walked.deny : 'unknown-credential';
  return { grant: false, reason, pass, ...(reason === 'pass-used' ? { used: lastPassage ?? crossed } : {}) };
}

/** The first rule that decides ends it. */
function walk<S>(
  rules: readonly Rule<S>[],
  subject: S,
  now: number,
  watch: Watcher | undefined,
): { deny: RuleName } | { flags: readonly GrantFlag[] } {
  let flags = noFlags;
  for (const rule of rules) {
    const verdict = look(rule, subject, now, watch);
    if (verdict.kind === 'deny') return { deny: rule.name };
    if (verdict.kind === 'grant') return { flags: [...flags, verdict.flag] };
    if (verdict.kind === 'flag') flags = [...flags, verdict.flag];
  }
  return { flags };
}

/** Whose it says it is. */
function claimed({ found }: Facts): Pick<Deny, 'credential' | 'cardholder'> {
  return found.kind === 'known' ? { credential: found.credential, cardholder: found.cardholder } : {};
}

function look<S>(rule: Rule<S>, subject: S, now: number, watch: Watcher | undefined): Verdict {
  const verdict = rule.check(subject, now);
  if (watch) watch(rule.name, verdict);
  return verdict;
}
