import { useEffect, useRef } from 'react';

/** What the keys of the desk do now, whatever has the focus; an open dialog has them for itself. */
export function useDeskKeys(keys: Record<string, (() => void) | undefined>, paused: boolean): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    if (paused) return;
    const pressed = (event: KeyboardEvent) => {
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const act = latest.current[event.key];
      if (!act) return;
      // F4 would open the browser's list of addresses.
      event.preventDefault();
      act();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [paused]);
}
