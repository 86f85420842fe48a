/** The guard at the kiosk: signed in until the next wipe, which is the sign-out; pure. */
import { asking, clear, to } from './moves.ts';
import type { Flow, Guard, GuardEvent, GuardVisits } from './words.ts';

export function guardStep(flow: Flow, event: GuardEvent): Flow {
  const { screen, guard } = flow;
  switch (event.type) {
    case 'guard':
      return screen.at === 'start' ? to(flow, { at: 'guard-pin' }) : flow;
    case 'guard-pin':
      return screen.at === 'guard-pin' ? asking(flow, { kind: 'guard-sign-in', pin: event.pin }) : flow;
    case 'guard-visit': {
      const visit =
        screen.at === 'guard' ? screen.visits?.waiting.find(({ id }) => id === event.id) : undefined;
      return visit ? to(flow, { at: 'guard-visit', visit }) : flow;
    }
    case 'guard-decide': {
      if (screen.at !== 'guard-visit' || !guard) return flow;
      const { outcome, reason } = event;
      const decision = { session: guard.session, visitId: screen.visit.id, outcome, reason };
      return asking(flow, { kind: 'guard-decide', decision });
    }
  }
}

export const guardCame = (flow: Flow, guard: Guard): Flow => listAnew({ ...flow, guard, trail: [] });

export const guardSees = (flow: Flow, visits: GuardVisits): Flow =>
  flow.screen.at === 'guard' ? { ...flow, screen: { at: 'guard', visits } } : flow;

/** The list, asked as a person's doing. */
export function listAnew(flow: Flow): Flow {
  const seen = flow.trail.find((each) => each.at === 'guard') ?? { at: 'guard' };
  return lists({ ...clear(flow), screen: seen, trail: [] }, false);
}

/** @param quiet the page asks by itself: no sign that somebody is there */
export const lists = (flow: Flow, quiet: boolean): Flow =>
  flow.guard ? asking(flow, { kind: 'guard-visits', session: flow.guard.session, quiet }) : flow;
