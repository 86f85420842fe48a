/** The one question of this page. Without the contract's client: that would bring every route's schema to the phone. */
import type { PassPage } from '../server/contract/passes.ts';

/** `gone`: the link leads to no visit, or the visit is over · `busy`: the server has too much to do. */
export type Answer = { page: PassPage } | { fault: 'gone' | 'busy' | 'offline' };

/** The link travels in the body, which no log keeps. */
export async function ask(link: string): Promise<Answer> {
  try {
    const answer = await fetch('/api/passes/page', {
      method: 'POST',
      credentials: 'omit',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ link }),
    });
    if (answer.ok) return { page: (await answer.json()) as PassPage };
    // 400: no link of ours, shorter or longer than any.
    return { fault: answer.status === 404 || answer.status === 400 ? 'gone' : 'busy' };
  } catch {
    return { fault: 'offline' };
  }
}
