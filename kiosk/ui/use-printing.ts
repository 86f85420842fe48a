import { useEffect, useRef, useState } from 'react';
import { client } from '../api.ts';

/** `no-printer`: the school has given this kiosk none, and its own browser prints. */
export type PrintState = 'printing' | 'printed' | 'ask-guard' | 'no-printer';

/**
 * The badge of what was sent under this key, at the kiosk's printer: begun with the screen, and never again.
 * @param known that it has a printer, as far as the kiosk has heard: until the server says so, nothing else is told
 */
export function usePrinting(key: string, known: boolean): PrintState {
  const [state, setState] = useState<PrintState>(known ? 'printing' : 'no-printer');
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void client('kiosk.print-badge', { params: { key } }).then(
      ({ outcome }) => setState(outcome === 'printed' || outcome === 'no-printer' ? outcome : 'ask-guard'),
      () => setState('ask-guard'),
    );
  }, [key]);
  return state;
}
