import { useEffect, useRef } from 'react';
import { heard, silent } from './wedge.ts';

/**
 * Calls with each text that a scanner types, wherever the focus stands; while nobody listens, keys are left alone.
 * @param isMeant which of them; the others are typed as if nobody listened
 */
export function useWedge(
  scanned: ((text: string) => void) | undefined,
  isMeant: (text: string) => boolean = () => true,
): void {
  const called = useRef({ scanned, isMeant });
  useEffect(() => {
    called.current = { scanned, isMeant };
  });
  const listening = scanned !== undefined;
  useEffect(() => {
    if (!listening) return;
    let state = silent;
    const typed = (event: KeyboardEvent) => {
      const [next, text] = heard(state, event.key, event.timeStamp);
      state = next;
      if (text === undefined || !called.current.isMeant(text)) return;
      // The Enter of a scanner presses no button.
      event.preventDefault();
      event.stopPropagation();
      called.current.scanned?.(text);
    };
    addEventListener('keydown', typed, true);
    return () => removeEventListener('keydown', typed, true);
  }, [listening]);
}
