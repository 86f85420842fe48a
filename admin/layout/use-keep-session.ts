import { useEffect } from 'react';
import { queryClient } from '../api.ts';

/** The server renews a session at most that often. */
const everyMs = 10 * 60_000;

/**
 * Keeps the session alive by asking for it; nothing else that a page asks does. A screen on the wall is in use as long as
 * it is seen: nobody touches it all day. An office page is in use while somebody touches it: one that was left open is
 * signed out when its session has run out.
 */
export function useKeepSession(inUse: 'while-seen' | 'while-touched'): void {
  useEffect(() => {
    let touched = false;
    const touch = () => {
      touched = true;
    };
    const timer = setInterval(() => {
      if (document.visibilityState === 'hidden' || (inUse === 'while-touched' && !touched)) return;
      touched = false;
      void queryClient.invalidateQueries({ queryKey: ['session.get'] });
    }, everyMs);
    document.addEventListener('pointerdown', touch, true);
    document.addEventListener('keydown', touch, true);
    document.addEventListener('wheel', touch, { capture: true, passive: true });
    return () => {
      clearInterval(timer);
      document.removeEventListener('pointerdown', touch, true);
      document.removeEventListener('keydown', touch, true);
      document.removeEventListener('wheel', touch, true);
    };
  }, [inUse]);
}
