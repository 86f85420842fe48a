/**
 * Finds whose credential a read is. A tag told in full and enrolled in full is certain. An EM4100 tag may also be
 * read by its low 32 or 24 bits, or have been enrolled so (hardware/credential.ts); then every enrolled credential
 * that the read may be is looked at, and if they are not all one person's, the read is nobody's.
 */
import { type Credential, truncations } from '../../hardware/credential.ts';
import type { CredentialFact, MatchForm } from './facts.ts';

export type Match<C extends CredentialFact> =
  | { readonly kind: 'known'; readonly credential: C; readonly form: MatchForm }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ambiguous'; readonly credentials: readonly C[] };

export interface CredentialIndex<C extends CredentialFact> {
  find(read: Credential): Match<C>;
  put(credential: C): void;
  remove(credential: C): void;
  readonly size: number;
}

const unknown = { kind: 'unknown' } as const;

export function createCredentialIndex<C extends CredentialFact>(): CredentialIndex<C> {
  // By technology and bits first, so that a look-up needs no joined key. Texts of all lengths are told apart by themselves.
  const shelves = new Map<string, Map<number, Map<string, C>>>();
  // Low bits of the longer enrolled EM4100 tags, as a number: 32-bit ones signed, for the engine's small integers.
  const longer = { 32: new Map<number, C | C[]>(), 24: new Map<number, C | C[]>() };
  let size = 0;

  function shelfOf(technology: string, bits: number): Map<string, C> | undefined {
    return shelves.get(technology)?.get(technology === 'text' ? 0 : bits);
  }
  function exact(key: Credential): C | undefined {
    return shelfOf(key.technology, key.bits)?.get(key.value);
  }
  function makeShelf({ technology, bits }: Credential): Map<string, C> {
    const lengths = shelves.get(technology) ?? new Map<number, Map<string, C>>();
    shelves.set(technology, lengths);
    const length = technology === 'text' ? 0 : bits;
    const shelf = lengths.get(length) ?? new Map<string, C>();
    lengths.set(length, shelf);
    return shelf;
  }

  /** Enrolled tags that the read is the low bits of. */
  function longerThan(read: Credential): readonly C[] {
    if (read.technology !== 'em4100' || (read.bits !== 32 && read.bits !== 24)) return [];
    const held = longer[read.bits].get(lowNumber(read.value, read.bits));
    return held === undefined ? [] : Array.isArray(held) ? held : [held];
  }
  /** Enrolled tags that are the low bits of the read. */
  function shorterThan(read: Credential): readonly C[] {
    if (read.technology !== 'em4100') return [];
    if (!shelfOf('em4100', 32)?.size && !shelfOf('em4100', 24)?.size) return [];
    return truncations(read)
      .slice(1)
      .flatMap((form) => exact(form) ?? []);
  }

  function find(read: Credential): Match<C> {
    const same = exact(read);
    if (read.technology !== 'em4100')
      return same ? { kind: 'known', credential: same, form: 'exact' } : unknown;
    const shorter = shorterThan(read);
    if (same && read.bits === 40) {
      // The whole number is certain. Another enrolment of the same tag still counts if it was blocked.
      const own = shorter.filter((other) => other.cardholder === same.cardholder);
      return own.length === 0
        ? { kind: 'known', credential: same, form: 'exact' }
        : choose([same, ...own], read);
    }
    const candidates = [...(same ? [same] : []), ...longerThan(read), ...shorter];
    return candidates.length === 0 ? unknown : choose(candidates, read);
  }

  return {
    find,
    put(credential) {
      const shelf = makeShelf(credential);
      const before = shelf.get(credential.value);
      shelf.set(credential.value, credential);
      if (before === undefined) size++;
      eachLow(credential, (bits, low) => {
        const held = longer[bits].get(low);
        const others = (held === undefined ? [] : Array.isArray(held) ? held : [held]).filter(
          (c) => c !== before,
        );
        longer[bits].set(low, others.length === 0 ? credential : [...others, credential]);
      });
    },
    remove(credential) {
      const shelf = shelfOf(credential.technology, credential.bits);
      if (shelf?.get(credential.value) !== credential) return;
      shelf.delete(credential.value);
      size--;
      eachLow(credential, (bits, low) => {
        const held = longer[bits].get(low);
        if (held === credential) longer[bits].delete(low);
        else if (Array.isArray(held))
          longer[bits].set(
            low,
            held.filter((c) => c !== credential),
          );
      });
    },
    get size() {
      return size;
    },
  };
}

/**
 * Of the credentials that a read may be: none when they are several people's. One person's are the same tag
 * enrolled in several forms, so a block on any of them blocks the tag; otherwise the first stands for it.
 */
function choose<C extends CredentialFact>(candidates: readonly C[], read: Credential): Match<C> {
  const [first] = candidates;
  if (first === undefined) return unknown;
  if (candidates.some(({ cardholder }) => cardholder !== first.cardholder)) {
    return { kind: 'ambiguous', credentials: candidates };
  }
  const credential =
    candidates.find(({ status }) => status === 'lost') ??
    candidates.find(({ status }) => status !== 'active') ??
    first;
  const { bits } = credential;
  return {
    kind: 'known',
    credential,
    form: bits === read.bits ? 'exact' : bits > read.bits ? 'read-shorter' : 'enrolled-shorter',
  };
}

function eachLow(credential: CredentialFact, visit: (bits: 32 | 24, low: number) => void): void {
  if (credential.technology !== 'em4100') return;
  if (credential.bits > 32) visit(32, lowNumber(credential.value, 32));
  if (credential.bits > 24) visit(24, lowNumber(credential.value, 24));
}

function lowNumber(hex: string, bits: 32 | 24): number {
  return Number.parseInt(hex.slice(-bits / 4), 16) | 0;
}
