/** What every step of the flow is made of: to begin, to go on, to ask, to forget; pure. */
import { emptyDraft } from './draft.ts';
import type { Ask, Flow, Screen } from './words.ts';

export function beginning(now: number): Flow {
  const flow: Flow = {
    screen: { at: 'starting' },
    trail: [],
    draft: emptyDraft,
    before: emptyDraft,
    told: [],
    asked: 0,
    online: true,
    language: 'zh-CN',
    now,
    touchedAt: now,
  };
  return asking(flow, { kind: 'site' });
}

/** Everything of the last person is gone, and an answer that is still on its way counts no more. */
export function wiped(flow: Flow): Flow {
  const fresh: Flow = {
    ...beginning(flow.now),
    ask: undefined,
    asked: flow.asked,
    online: flow.online,
    site: flow.site,
    language: flow.site?.school.language ?? flow.language,
    screen: { at: 'start' },
  };
  return flow.guard ? asking(fresh, { kind: 'guard-sign-out', session: flow.guard.session }) : fresh;
}

/** Goes to a screen, from which `back` leads to the one that stands. */
export function to(flow: Flow, screen: Screen): Flow {
  return { ...clear(flow), screen, trail: [...flow.trail, flow.screen] };
}

export const clear = (flow: Flow): Flow => ({ ...flow, told: [], fault: undefined });

/** One question at a time: a second tap asks nothing. What the page asks by itself gives way. */
export function asking(flow: Flow, what: Ask): Flow {
  if (flow.ask && flow.ask.what.kind !== 'guard-visits') return flow;
  const asked = flow.asked + 1;
  return { ...flow, asked, ask: { id: asked, what }, fault: undefined };
}
