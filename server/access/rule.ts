/** What a rule of the decision is, and the verdicts that all of them give. */
import type { DenyReason, GrantFlag } from '../contract/words.ts';

/** A rule is named by the reason for which it refuses. */
export type RuleName = Exclude<DenyReason, 'store-fault'>;

/** `flag` lets the walk go on, but marks the grant; `grant` ends it, passing over the rules that follow. */
export type Verdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'deny' }
  | { readonly kind: 'flag' | 'grant'; readonly flag: GrantFlag };

export interface Rule<Subject> {
  readonly name: RuleName;
  readonly check: (subject: Subject, now: number) => Verdict;
}

export const pass: Verdict = { kind: 'pass' };
export const deny: Verdict = { kind: 'deny' };
/** The lane stands open to all. */
export const free: Verdict = { kind: 'grant', flag: 'lane-free' };

export const denyIf = (holds: boolean): Verdict => (holds ? deny : pass);
