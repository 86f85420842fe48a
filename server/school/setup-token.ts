/** The one-time link that sets up the school: its token is known to whoever sees this run's terminal, and to nobody else. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export interface SetupToken {
  /** In constant time. False once it is used. */
  matches(given: string): boolean;
  /** Good from now on for nobody. */
  use(): void;
  readonly used: boolean;
}

/** `text` is for the link, to be printed and forgotten; the token itself keeps only a hash. */
export function createSetupToken(): { text: string; token: SetupToken } {
  const text = randomBytes(32).toString('base64url');
  const kept = digest(text);
  let used = false;
  return {
    text,
    token: {
      matches: (given) => timingSafeEqual(digest(given), kept) && !used,
      use() {
        used = true;
      },
      get used() {
        return used;
      },
    },
  };
}

/** Behind the `#`, which browsers send to nobody: no proxy's log and no referrer ever holds the token. */
export function setupUrl(base: string, text: string): string {
  return `${base}/setup#token=${text}`;
}

const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest();
