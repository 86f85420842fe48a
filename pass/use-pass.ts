import { useEffect, useState } from 'react';
import type { PassPage } from '../server/contract/passes.ts';
import { type Answer, ask } from './ask.ts';
import { forget, keep, kept, tidy } from './kept.ts';
import { askAgainIn } from './standing.ts';

export interface Shown {
  page: PassPage | undefined;
  /** Why what is shown is not of now. */
  fault: Exclude<Answer, { page: PassPage }>['fault'] | undefined;
  /** The server's clock is so far ahead of `performance.now()`; of a pass that was kept, this phone's clock. */
  ahead: number;
}

const retryMs = 10_000;

/** The pass behind a link, kept up to date while the page is seen. Undefined while it is asked for the first time. */
export function usePass(link: string): [Shown | undefined, askNow: () => void] {
  const [shown, setShown] = useState<Shown>();
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn is another question
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => (document.hidden ? undefined : void look()), ms);
    };
    const look = async () => {
      const answer = await ask(link);
      if (over) return;
      if ('page' in answer) {
        const { page } = answer;
        keep(link, page);
        setShown({ page, fault: undefined, ahead: page.now - performance.now() });
        again(askAgainIn(page, page.now));
      } else {
        if (answer.fault === 'gone') forget(link);
        setShown((before) => without(answer.fault, before, link));
        again(retryMs);
      }
    };
    const seen = () => {
      if (!document.hidden) void look();
    };
    document.addEventListener('visibilitychange', seen);
    addEventListener('online', seen);
    tidy(Date.now());
    void look();
    return () => {
      over = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
      removeEventListener('online', seen);
    };
  }, [link, turn]);
  return [shown, () => setTurn((before) => before + 1)];
}

/** The server did not tell the pass: what was shown before stays, else what this browser has kept. */
function without(fault: NonNullable<Shown['fault']>, before: Shown | undefined, link: string): Shown {
  if (fault === 'gone') return { page: undefined, fault, ahead: 0 };
  if (before?.page !== undefined) return { ...before, fault };
  return { page: kept(link), fault, ahead: Date.now() - performance.now() };
}
