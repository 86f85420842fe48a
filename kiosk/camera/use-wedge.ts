import { useEffect, useRef } from 'react';
import { heard, silent } from './wedge.ts';

/** Calls with each text that a scanner types, wherever the focus stands. */
export function useWedge(scanned: (text: string) => void): void {
  const called = useRef(scanned);
  useEffect(() => {
    called.current = scanned;
  });
  useEffect(() => {
    let state = silent;
    const typed = (event: KeyboardEvent) => {
      const [next, text] = heard(state, event.key, event.timeStamp);
      state = next;
      if (text === undefined) return;
      // The Enter of a scanner presses no button.
      event.preventDefault();
      event.stopPropagation();
      called.current(text);
    };
    addEventListener('keydown', typed, true);
    return () => removeEventListener('keydown', typed, true);
  }, []);
}
