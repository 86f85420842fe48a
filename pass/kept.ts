/** The last pass that was shown, in this browser, for when the server can't be reached. */
import type { PassPage } from '../server/contract/passes.ts';
import { mayBeKept } from './standing.ts';

const prefix = 'xiaomen.pass.';
/** After its end, so that the way out can still be shown. */
const keepMs = 24 * 3_600_000;

/** A code that changes is worth nothing later, and a pass that opens nothing is not kept either. */
export function keep(link: string, page: PassPage): void {
  try {
    if (mayBeKept(page)) localStorage.setItem(prefix + link, JSON.stringify(page));
    else localStorage.removeItem(prefix + link);
  } catch {
    // A browser that keeps nothing shows the pass while the server is there.
  }
}

export function kept(link: string): PassPage | undefined {
  try {
    const text = localStorage.getItem(prefix + link);
    return text === null ? undefined : (JSON.parse(text) as PassPage);
  } catch {
    return undefined;
  }
}

export function forget(link: string): void {
  try {
    localStorage.removeItem(prefix + link);
  } catch {
    // Nothing was kept.
  }
}

/** What is over is nobody's business any more. */
export function tidy(now: number): void {
  try {
    for (const key of Object.keys(localStorage).filter((each) => each.startsWith(prefix))) {
      const { validUntil } = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<PassPage>;
      if (validUntil === undefined || now > validUntil + keepMs) localStorage.removeItem(key);
    }
  } catch {
    // Nothing was kept.
  }
}
