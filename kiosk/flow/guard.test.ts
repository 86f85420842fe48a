import { expect, it } from 'vitest';
import { answer, atStart, noon, run } from './test-flow.ts';
import type { Answer, Flow, GuardVisits } from './words.ts';

const visit: GuardVisits['waiting'][number] = {
  id: 'visit-1',
  visitor: 'Test Visitor',
  type: { names: { 'zh-CN': '家长', en: 'Parent' } },
  organisation: null,
  host: null,
  purpose: null,
  companions: 0,
  expectedFrom: noon,
  waitingSince: noon,
  holds: [{ list: 'watch', how: 'name', name: 'Entry', reason: 'asks for pupils', responder: null }],
  refuseOnly: false,
};
const guard = { session: 'secret', name: 'Guard One', until: noon };
const pin = { type: 'guard-pin', pin: '730152' } as const;

function signedIn(): Flow {
  const asked = run(atStart(), { type: 'guard' }, pin);
  const list = answer(asked, { kind: 'guard', guard });
  return answer(list, { kind: 'guard-visits', visits: { waiting: [visit], expected: [] } });
}
const decide = { type: 'guard-decide', outcome: 'admit', reason: 'papers seen' } as const;

it('sees the list at once, decides about one who waits, and sees the list anew', () => {
  const asked = run(signedIn(), { type: 'guard-visit', id: visit.id }, decide);
  const decision = { session: 'secret', visitId: 'visit-1', outcome: 'admit', reason: 'papers seen' };
  expect(asked.ask?.what).toEqual({ kind: 'guard-decide', decision });
  const after = answer(asked, { kind: 'decided' });
  expect(after.screen.at).toBe('guard');
  expect(after.ask?.what).toEqual({ kind: 'guard-visits', session: 'secret', quiet: false });
});

it('a decision waits for no list that the page asks by itself', () => {
  const quiet = run(signedIn(), { type: 'ask-again' });
  expect(quiet.ask?.what).toMatchObject({ quiet: true });
  const asked = run(quiet, { type: 'guard-visit', id: visit.id }, decide);
  expect(asked.ask?.what.kind).toBe('guard-decide');
  // The late list changes nothing.
  const late: Answer = { kind: 'guard-visits', visits: { waiting: [], expected: [] } };
  expect(run(asked, { type: 'answered', id: quiet.ask?.id ?? 0, answer: late })).toEqual(asked);
});

it.each([
  ['signing out', (flow: Flow) => run(flow, { type: 'cancel' })],
  ['65 quiet seconds', (flow: Flow) => run(flow, { type: 'tick', now: flow.touchedAt + 65_000 })],
])('after %s nothing of it is left, and the server is told', (_, end) => {
  for (const flow of [signedIn(), run(signedIn(), { type: 'guard-visit', id: visit.id })]) {
    const out = end(flow);
    expect(out.ask?.what).toEqual({ kind: 'guard-sign-out', session: 'secret' });
    const after = answer(out, { kind: 'signed-out' });
    expect([after.screen.at, after.guard, after.ask]).toEqual(['start', undefined, undefined]);
    expect(JSON.stringify(after)).not.toMatch(/secret|Test Visitor|Guard One|pupils/);
  }
});

it('is told what was wrong, and is out when the server says so', () => {
  const asked = run(atStart(), { type: 'guard' }, pin);
  const refused = (why: string) => answer(asked, { kind: 'failed', code: 'refused', why });
  expect(refused('kiosk.guard-pin').fault).toBe('guard-pin');
  const locked = answer(asked, { kind: 'failed', code: 'too-many', why: 'kiosk.guard-locked' });
  expect(locked.fault).toBe('guard-locked');
  const again = run(signedIn(), { type: 'ask-again' });
  const ended = answer(again, { kind: 'failed', code: 'refused', why: 'kiosk.guard-ended' });
  expect([ended.screen.at, ended.guard, ended.ask]).toEqual(['start', undefined, undefined]);
});

it('opens from the start screen alone, and no list without a guard', () => {
  expect(run(signedIn(), { type: 'guard' }).screen.at).toBe('guard');
  expect(run(atStart(), decide, { type: 'guard-visit', id: visit.id }).screen.at).toBe('start');
});
