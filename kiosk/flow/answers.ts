/** What an answer of the server makes of the flow; pure. */
import { emptyDraft, stepsOf } from './draft.ts';
import { guardCame, guardSees, listAnew } from './guard.ts';
import { wiped } from './moves.ts';
import type { Answer, Answered, Fault, Flow, Screen } from './words.ts';

/** The flow as it was before, its question answered. */
export function answered(flow: Flow, answer: Answer): Flow {
  switch (answer.kind) {
    case 'site':
      return {
        ...flow,
        site: answer.site,
        online: answer.online,
        language: answer.site.school.language,
        screen: { at: 'start' },
      };
    case 'known':
      return answer.found
        ? forward(flow, { at: 'is-it-you', found: answer.found })
        : { ...flow, fault: 'not-known' };
    case 'expected':
      return expected(flow, answer.expected);
    case 'visit':
      return result(flow, answer.visit);
    case 'kept':
      return result({ ...flow, online: false }, { state: 'kept' });
    case 'guard':
      return guardCame(flow, answer.guard);
    case 'guard-visits':
      return guardSees(flow, answer.visits);
    case 'decided':
      return listAnew(flow);
    case 'signed-out':
      return flow;
    case 'failed':
      return failed(flow, answer);
  }
}

/** Nothing is missing: who is expected has arrived. */
function expected(flow: Flow, found: Extract<Answer, { kind: 'expected' }>['expected']): Flow {
  const draft = { ...flow.draft, expected: found, typeId: found.typeId, name: found.visitor };
  const type = flow.site?.types.find(({ id }) => id === found.typeId);
  const [first] = stepsOf(draft, type);
  if (first) return forward({ ...flow, draft }, { at: first });
  if (!draft.shown) return flow;
  const asked = flow.asked + 1;
  const arrival = { key: draft.key, shown: draft.shown, form: {} };
  return { ...flow, draft, asked, ask: { id: asked, what: { kind: 'arrive', arrival } } };
}

/** What was typed is needed no more; the photo still goes on the badge. */
function result(flow: Flow, outcome: { state: 'kept' } | Answered): Flow {
  const { key, photo } = flow.draft;
  const shownAlready = flow.screen.at === 'result' && flow.screen.result.state === outcome.state;
  return {
    ...flow,
    told: [],
    trail: [],
    fault: undefined,
    draft: { ...emptyDraft, key, ...(photo ? { photo } : {}) },
    before: emptyDraft,
    screen: { at: 'result', result: outcome },
    touchedAt: shownAlready ? flow.touchedAt : flow.now,
  };
}

/** A kiosk that the school no longer knows asks nobody for anything. */
export function unpaired(flow: Flow): Flow {
  return {
    ...flow,
    guard: undefined,
    draft: emptyDraft,
    before: emptyDraft,
    trail: [],
    ask: undefined,
    screen: { at: 'pairing' },
    fault: undefined,
  };
}

function failed(flow: Flow, { code, why: told }: Extract<Answer, { kind: 'failed' }>): Flow {
  if (flow.screen.at === 'pairing') {
    const why: Fault = code === 'offline' ? 'away' : code === 'too-many' ? 'too-many' : 'pairing-code';
    return { ...flow, fault: why };
  }
  if (told === 'kiosk.guard-ended') return wiped({ ...flow, guard: undefined });
  if (code === 'not-paired') return unpaired(flow);
  if (code === 'offline') {
    // While somebody waits, or nothing is known yet, the next question may reach the server.
    const quiet = ['result', 'starting', 'guard'].includes(flow.screen.at);
    return { ...flow, online: false, fault: quiet ? undefined : 'away' };
  }
  if (told === 'kiosk.guard-locked') return { ...flow, fault: 'guard-locked' };
  return { ...flow, fault: code === 'too-many' ? 'too-many' : refusal(flow.screen, told) };
}

function refusal(screen: Screen, why: string | undefined): Fault {
  if (why === 'visit.not-expected') return 'not-expected';
  if (why === 'visit.not-inside') return 'not-inside';
  if (screen.at === 'guard-pin') return 'guard-pin';
  if (screen.at === 'guard-visit') return 'guard-refused';
  if (screen.at === 'code') return screen.by === 'camera' ? 'code-unknown' : 'number-unknown';
  return screen.at === 'known' ? 'not-known' : 'refused';
}

function forward(flow: Flow, screen: Screen): Flow {
  return { ...flow, told: [], fault: undefined, screen, trail: [...flow.trail, flow.screen] };
}
