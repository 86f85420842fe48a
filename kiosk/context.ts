/** The flow and the way to send it an event, for every screen. */
import { createContext, useContext } from 'react';
import type { Flow, FlowEvent } from './flow/words.ts';

export interface Kiosk {
  flow: Flow;
  tell(event: FlowEvent): void;
}

export const KioskContext = createContext<Kiosk | null>(null);

export function useKiosk(): Kiosk {
  const kiosk = useContext(KioskContext);
  if (kiosk === null) throw new Error('outside of the kiosk');
  return kiosk;
}
