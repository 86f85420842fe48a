/** What the parts of the desk tell each other. */
import { createContext, use } from 'react';

export type Dialog =
  | 'approve'
  | 'refuse'
  | 'depart'
  | 'revoke'
  | 'reveal'
  | 'print'
  | 'photo'
  | 'screen-admit'
  | 'screen-escort'
  | 'screen-refuse'
  | 'register';

export interface Desk {
  /** What is open over the desk. */
  dialog: Dialog | undefined;
  ask(dialog: Dialog): void;
  /** An act is done or given up: the dialog closes, and the field has the focus again. */
  done(): void;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = use(DeskContext);
  if (desk === null) throw new Error('outside of the desk');
  return desk;
}

/** What is asked again after anything is done to a visit. */
export const stale = ['visits.list', 'visits.search', 'visits.get'] as const;
