import { expect, it } from 'vitest';
import type { KioskDocument } from '../../server/contract/documents.ts';
import { asksCard } from './card.ts';
import { answer, atStart, begin, full, parent, run } from './test-flow.ts';
import type { Flow, FlowEvent, Known } from './words.ts';

const number = '11010519491231002X';
const laid = (more: Partial<Extract<KioskDocument, { known: boolean }>> = {}): FlowEvent => ({
  type: 'card',
  document: { idKind: 'resident-id', name: 'Card Holder', idNumber: number, known: false, ...more },
});
const found: Known = {
  ...{ visitorId: 'visitor-1', name: 'C**********', phone: '*******8000' },
  ...{ organisation: null, idNumber: '110***********002X' },
};

/** At a kiosk that has a reader. */
const parts = { printer: 'none', documentReader: 'ready' } as const;
const withReader = () => run(atStart(), { type: 'network', online: true, parts });
const atTypes = () => run(withReader(), begin('register'));
const atPerson = () => run(atTypes(), { type: 'chose', typeId: full.id });
const filled = ({ draft: { name, idKind, idNumber, byCard } }: Flow) => [name, idKind, idNumber, byCard];

it('fills in name, kind and number where the number is asked', () => {
  const flow = run(atPerson(), { type: 'filled', draft: { name: 'Typed', phone: '13800138000' } }, laid());
  expect(filled(flow)).toEqual(['Card Holder', 'resident-id', number, true]);
  expect([flow.screen.at, flow.draft.phone]).toEqual(['person', '13800138000']);
  const foreigner = run(atPerson(), laid({ idKind: 'residence-permit', idNumber: 'USA110088010101' }));
  expect(filled(foreigner)).toEqual(['Card Holder', 'residence-permit', 'USA110088010101', true]);
});

it('is kept from the choice of the type on, and is no card’s once it was typed over', () => {
  const flow = run(atTypes(), laid(), { type: 'chose', typeId: full.id });
  expect(filled(flow)).toEqual(['Card Holder', 'resident-id', number, true]);
  expect(run(flow, { type: 'filled', draft: { name: 'Another' } }).draft.byCard).toBe(false);
  expect(run(flow, { type: 'filled', draft: { phone: '1' } }).draft.byCard).toBe(true);
});

it('is asked for where it fills in something, and nowhere else', () => {
  expect([withReader(), atTypes(), atPerson()].map(asksCard)).toEqual([false, true, true]);
  expect(asksCard(run(atTypes(), { type: 'been-here' }))).toBe(true);
  // This kind of visitor is asked for no number.
  expect(asksCard(run(atTypes(), { type: 'chose', typeId: parent.id }))).toBe(false);
  expect(asksCard(run(atPerson(), { type: 'network', online: false }))).toBe(false);
  expect(asksCard(run(atStart(), begin('register')))).toBe(false);
  for (const flow of [withReader(), run(withReader(), begin('sign-out'))]) {
    expect(run(flow, laid())).toEqual(flow);
  }
});

it('is no answer to the question if anybody is still there: it may be the next one’s', () => {
  const quiet = run(atPerson(), { type: 'tick', now: atPerson().touchedAt + 50_000 });
  expect(asksCard(quiet)).toBe(false);
  expect(run(quiet, laid())).toEqual(quiet);
  // Before that it is a sign that somebody is.
  const before = run(atPerson(), { type: 'tick', now: atPerson().touchedAt + 40_000 }, laid());
  expect(before.touchedAt).toBe(before.now);
});

it('who was here before is asked for the end of the telephone number, and then "is this you"', () => {
  for (const flow of [run(atTypes(), laid({ known: true })), run(atPerson(), laid({ known: true }))]) {
    expect(flow.screen.at).toBe('known');
    const asked = run(flow, { type: 'filled', draft: { lastDigits: '8000' } }, { type: 'look-up' });
    const paper = { idKind: 'resident-id', idNumber: number };
    expect(asked.ask?.what).toEqual({
      ...{ kind: 'known', name: 'Card Holder', lastDigits: '8000' },
      ...paper,
    });
    expect(answer(asked, { kind: 'known', found }).screen).toEqual({ at: 'is-it-you', found });
    // Once is enough: who was not found fills in the form, and lays the card on it.
    const first = run(answer(asked, { kind: 'known', found: null }), { type: 'not-me' });
    expect(run(first, { type: 'chose', typeId: full.id }, laid({ known: true })).screen.at).toBe('person');
  }
});

it('finds who has typed the digits already, and takes the name of nobody who is named', () => {
  const digits = { type: 'filled', draft: { lastDigits: '8000' } } as const;
  const asked = run(atTypes(), { type: 'been-here' }, digits, laid());
  expect(asked.ask?.what).toMatchObject({ kind: 'known', name: 'Card Holder', idNumber: number });
  const named = run(answer(asked, { kind: 'known', found }), { type: 'it-is-me' });
  expect([named.screen.at, run(named, laid({ name: 'Other' })).draft.name]).toEqual(['type', 'Card Holder']);
});

it.each([
  ['refused', 'card-unread'],
  ['length', 'card-unread'],
  ['no-answer', 'card-unread'],
  ['taken-away', 'card-taken-away'],
  ['unknown-card', 'card-unknown'],
  ['expired', 'card-expired'],
] as const)('%s is told in words, and fills in nothing', (unread, fault) => {
  const flow = run(atPerson(), { type: 'card', document: { unread } });
  expect([flow.fault, flow.draft]).toEqual([fault, atPerson().draft]);
  expect(run(flow, laid()).fault).toBeUndefined();
});

it('leaves nothing behind', () => {
  const gone = run(atPerson(), laid(), { type: 'tick', now: atPerson().touchedAt + 65_000 });
  expect(gone.screen.at).toBe('start');
  expect(JSON.stringify(gone)).not.toMatch(/Card Holder|110105/);
});
