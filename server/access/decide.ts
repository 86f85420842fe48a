/** The decision on one read: pure, deny first, by the rules and their order in rules.ts. */
import type { Read } from '../../hardware/ports.ts';
import type { DenyReason, GrantFlag } from '../contract/words.ts';
import type { CardholderFact, CredentialFact, Facts } from './facts.ts';
import {
  type Asked,
  type Case,
  caseRules,
  identityRules,
  type Rule,
  type RuleName,
  type Verdict,
} from './rules.ts';

export interface Grant {
  readonly grant: true;
  readonly credential: CredentialFact;
  readonly cardholder: CardholderFact;
  readonly flags: readonly GrantFlag[];
}

export interface Deny {
  readonly grant: false;
  readonly reason: DenyReason;
  /** Absent while it is not known whose credential it is. */
  readonly credential?: CredentialFact;
  readonly cardholder?: CardholderFact;
}

export type Decision = Grant | Deny;

/** Told of every rule as it is walked. */
export type Watcher = (rule: RuleName, verdict: Verdict) => void;

const noFlags: readonly GrantFlag[] = [];

/** `watch` makes the same walk explain itself; without it nothing is collected. */
export function decide(facts: Facts, read: Read, now: number, watch?: Watcher): Decision {
  const asked: Asked = { read, facts };
  for (const rule of identityRules) {
    if (look(rule, asked, now, watch).kind === 'deny')
      return { grant: false, reason: rule.name, ...claimed(facts) };
  }
  const known = facts.found;
  // The rules above have refused everything else already; so would this, were they ever changed.
  if (known.kind !== 'known') return { grant: false, reason: 'unknown-credential' };

  const { credential, cardholder } = known;
  const subject: Case = { facts, known };
  let flags = noFlags;
  for (const rule of caseRules) {
    const verdict = look(rule, subject, now, watch);
    if (verdict.kind === 'deny') return { grant: false, reason: rule.name, credential, cardholder };
    if (verdict.kind === 'grant')
      return { grant: true, credential, cardholder, flags: [...flags, verdict.flag] };
    if (verdict.kind === 'flag') flags = [...flags, verdict.flag];
  }
  return { grant: true, credential, cardholder, flags };
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
