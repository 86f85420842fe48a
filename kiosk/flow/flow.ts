/** The kiosk as a state machine: (state, event) → state. Pure; App.tsx does what `ask` says, and brings the answer. */

import { gapMs } from '../../parts/scanner/wedge.ts';
import { answered, unpaired } from './answers.ts';
import { cardLaid, lookedUp } from './card.ts';
import { emptyDraft, faultsAt, filledIn, formOf, scannedIn, stepsOf } from './draft.ts';
import { guardStep, lists } from './guard.ts';
import { isAsking, secondsLeft } from './idle.ts';
import { asking, clear, to, wiped } from './moves.ts';
import type { Arrival, Draft, Flow, FlowEvent, Registration, Screen, Shown, Site, Task } from './words.ts';

export function step(flow: Flow, event: FlowEvent): Flow {
  switch (event.type) {
    case 'tick':
      return ticked(atTime(flow, event.now));
    case 'touched':
      return isAsking(flow) ? flow : touched(flow, event.now);
    case 'more-time':
      return { ...flow, now: event.now, touchedAt: event.now };
    case 'network':
      return networked(flow, event.online, event.parts);
    case 'unpaired':
      return unpaired(flow);
    case 'card':
      return cardLaid(flow, event.document);
    case 'language':
      return { ...flow, language: event.language };
    case 'pair':
      return asking(flow, { kind: 'pair', code: event.code });
    case 'begin':
      return begun(flow, event.task, event.key, event.purpose);
    case 'scanned':
      return scanned(flow, event.text, event.key);
    case 'numbered':
      return showing(flow, { number: Number(event.number), lastDigits: event.lastDigits });
    case 'by':
      return flow.screen.at === 'code' ? { ...clear(flow), screen: { at: 'code', by: event.by } } : flow;
    case 'been-here':
      return to(flow, { at: 'known' });
    case 'look-up':
      return lookedUp(flow);
    case 'it-is-me':
      return itIsMe(flow);
    case 'not-me':
      return to({ ...flow, draft: { ...flow.draft, lastDigits: '' } }, firstOpen(flow));
    case 'chose':
      return chose(flow, event.typeId);
    case 'filled':
      return { ...flow, draft: filledIn(flow.draft, event.draft), fault: undefined };
    case 'left-field':
      return flow.told.includes(event.field) ? flow : { ...flow, told: [...flow.told, event.field] };
    case 'next':
      return next(flow);
    case 'back':
      return back(flow);
    case 'cancel':
      return wiped(flow);
    case 'guard':
    case 'guard-pin':
    case 'guard-visit':
    case 'guard-decide':
      return guardStep(flow, event);
    case 'ask-again':
      return askedAgain(flow);
    case 'answered':
      return flow.ask?.id === event.id ? answered({ ...flow, ask: undefined }, event.answer) : flow;
  }
}

/** A clock that was set back takes the last touch along: nobody's screen stands longer for it. */
function atTime(flow: Flow, now: number): Flow {
  return { ...flow, now, touchedAt: flow.touchedAt - Math.max(0, flow.now - now) };
}

/** Every fault on the screen that stands. */
export function faultsOf(flow: Flow): ReturnType<typeof faultsAt> {
  const { screen, draft, online } = flow;
  if (screen.at !== 'person' && screen.at !== 'visit' && screen.at !== 'confirm') return {};
  return faultsAt(screen.at, draft, typeOf(flow), { today: todayOf(flow), online });
}

export const typeOf = ({ site, draft }: Flow) => site?.types.find(({ id }) => id === draft.typeId);

/** What a person may see of a queue that is theirs: which screen of how many. */
export function progressOf(flow: Flow): { at: number; of: number } | undefined {
  const { screen, draft } = flow;
  if (screen.at !== 'person' && screen.at !== 'visit' && screen.at !== 'confirm') return undefined;
  const steps = stepsOf(draft, typeOf(flow));
  return { at: steps.indexOf(screen.at) + 1, of: steps.length };
}

/** `parts`: the kiosk's devices, where the server has just told of them. */
function networked(flow: Flow, online: boolean, parts: Site['parts'] | undefined): Flow {
  const { site } = flow;
  const told = site && parts && JSON.stringify(parts) !== JSON.stringify(site.parts);
  if (flow.online === online && !told) return flow;
  return { ...flow, online, ...(told ? { site: { ...site, parts } } : {}) };
}

function touched(flow: Flow, now: number): Flow {
  const before = now - flow.touchedAt <= gapMs ? flow.before : flow.draft;
  return { ...flow, now, touchedAt: now, before };
}

function ticked(flow: Flow): Flow {
  const left = secondsLeft(flow);
  return left !== undefined && left <= 0 ? wiped(flow) : flow;
}

function begun(flow: Flow, task: Task, key: string, purpose = ''): Flow {
  if (flow.screen.at !== 'start') return flow;
  const fresh: Flow = {
    ...flow,
    task,
    draft: { ...emptyDraft, key, purpose },
    trail: [],
    touchedAt: flow.now,
  };
  if (task === 'appointment' || task === 'sign-out') return to(fresh, { at: 'code', by: 'camera' });
  const guardians = task === 'guardian' ? guardianType(flow) : undefined;
  const chosen = guardians ?? (flow.site?.types.length === 1 ? flow.site.types[0]?.id : undefined);
  return chosen === undefined ? to(fresh, { at: 'type' }) : chose(fresh, chosen);
}

function guardianType({ site }: Flow): string | undefined {
  return site?.types.find(({ guardians }) => guardians)?.id;
}

/** A code counts where one is asked for; on the start screen it is an appointment. */
function scanned(flow: Flow, text: string, key: string): Flow {
  if (flow.screen.at === 'person') return paperScanned(flow, text);
  const token = text.trim();
  if (token === '' || token.length > 200 || flow.ask) return flow;
  if (flow.screen.at === 'start') return showing(begun(flow, 'appointment', key), { token });
  return flow.screen.at === 'code' ? showing(flow, { token }) : flow;
}

/** What the scanner typed into a field is taken out of it again. */
function paperScanned(flow: Flow, text: string): Flow {
  const { before } = flow;
  const draft = scannedIn({ ...before, mrz: flow.draft.mrz }, text);
  return {
    ...clear(flow),
    draft,
    before: draft,
    told: draft.idNumber === before.idNumber ? flow.told : ['idNumber'],
  };
}

function showing(flow: Flow, shown: Shown): Flow {
  if (flow.screen.at !== 'code') return flow;
  const kind = flow.task === 'sign-out' ? 'sign-out' : 'expected';
  return asking({ ...flow, draft: { ...flow.draft, shown } }, { kind, shown });
}

function itIsMe(flow: Flow): Flow {
  if (flow.screen.at !== 'is-it-you') return flow;
  const { visitorId } = flow.screen.found;
  const known = { ...flow, draft: { ...flow.draft, visitorId } };
  return to(known, firstOpen(known));
}

function chose(flow: Flow, typeId: string): Flow {
  const chosen = { ...flow, draft: { ...flow.draft, typeId } };
  const open = firstOpen(chosen);
  return open.at === 'type' ? flow : to(chosen, open);
}

/** The first screen that has to be filled in. */
function firstOpen(flow: Flow): Screen {
  const type = typeOf(flow);
  if (!type) return { at: 'type' };
  const [first = 'confirm'] = stepsOf(flow.draft, type);
  return { at: first };
}

function next(flow: Flow): Flow {
  const { screen, draft } = flow;
  if (screen.at !== 'person' && screen.at !== 'visit' && screen.at !== 'confirm') return flow;
  const faults = Object.keys(faultsOf(flow));
  if (faults.length > 0) return { ...flow, told: [...new Set([...flow.told, ...faults])] };
  const steps = stepsOf(draft, typeOf(flow));
  const following = steps[steps.indexOf(screen.at) + 1];
  return following ? to(flow, { at: following }) : sent(flow);
}

/** Once for each tap that finds nothing on its way. */
export function sent(flow: Flow): Flow {
  const { draft } = flow;
  const type = typeOf(flow);
  if (!draft.typeId || flow.ask) return flow;
  const { photo, signature } = draft;
  const pictures = { ...(photo ? { photo } : {}), ...(signature ? { signature } : {}) };
  const form = formOf(draft, type);
  if (draft.shown && draft.expected) {
    const { typeId: _type, name: _name, ...given } = form;
    const arrival = { key: draft.key, shown: draft.shown, form: given } as Arrival;
    return asking(flow, { kind: 'arrive', arrival, ...pictures });
  }
  const { visitorId, lastDigits } = draft;
  const known = visitorId === undefined ? {} : { visitorId, lastDigits };
  const registration: Registration = { ...form, ...known, key: draft.key };
  return asking(flow, { kind: 'register', registration, ...pictures });
}

function back(flow: Flow): Flow {
  if (flow.ask) return flow;
  const trail = [...flow.trail];
  let last = trail.pop();
  // The question "is this you" is asked by looking up again.
  while (last?.at === 'is-it-you') last = trail.pop();
  if (!last || last.at === 'start') return wiped(flow);
  const keep: Partial<Draft> = last.at === 'known' || last.at === 'type' ? { visitorId: undefined } : {};
  return { ...clear(flow), screen: last, trail, draft: { ...flow.draft, ...keep } };
}

function askedAgain(flow: Flow): Flow {
  if (flow.ask) return flow;
  if (flow.screen.at === 'starting') return asking(flow, { kind: 'site' });
  if (flow.screen.at === 'guard') return lists(flow, true);
  const waits = flow.screen.at === 'result' && flow.screen.result.state === 'wait';
  return waits ? asking(flow, { kind: 'visit', key: flow.draft.key }) : flow;
}

function todayOf({ site, now }: Flow): string {
  const timeZone = site?.school.timeZone ?? 'Asia/Shanghai';
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now);
}
