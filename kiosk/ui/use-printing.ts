import { useEffect, useRef, useState } from 'react';
import { client } from '../api.ts';

/** `no-printer`: the school has given this kiosk none, and its own browser prints. */
export type PrintState = 'printing' | 'printed' | 'ask-guard' | 'no-printer';

/** The badge of what was sent under this key, at the kiosk's printer: begun with the screen, and never again. */
export function usePrinting(key: string): PrintState {
  const [state, setState] = useState<PrintState>('printing');
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
