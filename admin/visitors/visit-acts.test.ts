import { describe, expect, it } from 'vitest';
import { type Capability, capabilitiesOf } from '../../server/contract/capabilities.ts';
import type { Visit } from '../../server/contract/visits.ts';
import { actsOf, type Guard } from './visit-acts.ts';
import { markOf, passFault } from './visit-marks.ts';

const visit: Visit = {
  ...{ id: 'v', state: 'waiting', source: 'registered', pending: ['host'], words: [], typeId: 't' },
  visitor: { id: 'p', name: 'Test', phone: null, organisation: null, idKind: null, idNumber: null },
  ...{ host: { id: 'h', name: 'Host' }, department: null, purpose: null, companions: [], plate: null },
  ...{ items: null, notice: null, expectedFrom: 1_000, expectedUntil: 9_000, waitingSince: 1_000 },
  ...{ lapsedAt: null, metAt: null, partedAt: null, itemsAt: null, unseenOut: false, escort: false },
  ...{ seriesId: null, photoId: null, signatureId: null, enteredAt: null, leftAt: null, overdue: false },
  pass: { id: 'pass', number: 7, validFrom: 1_000, validUntil: 9_000, revokedAt: null },
};
const person = (held: readonly Capability[], accountId = 'me'): Guard => ({
  accountId,
  can: (needed) => held.includes(needed),
});
const guard = person(capabilitiesOf.guard);
const boss = person(capabilitiesOf.administrator);
const auditor = person(capabilitiesOf.auditor);

describe('what may be done', () => {
  it('a guard gives the host’s word with a reason, and without one where the host let it go or there is none', () => {
    expect(actsOf(visit, guard)).toMatchObject({ main: 'approve', word: { word: 'host', why: true } });
    expect(actsOf({ ...visit, lapsedAt: 5 }, guard).word).toEqual({ word: 'host', why: false });
    expect(actsOf({ ...visit, host: null }, guard).word).toEqual({ word: 'host', why: false });
    expect(actsOf(visit, person(capabilitiesOf.guard, 'h')).word).toEqual({ word: 'host', why: false });
  });

  it('each gives their own word first, and none that is not asked for', () => {
    expect(actsOf({ ...visit, pending: ['host', 'guard'] }, guard).word).toEqual({
      word: 'guard',
      why: false,
    });
    expect(actsOf({ ...visit, pending: ['office', 'guard'] }, boss).word?.word).toBe('office');
    expect(actsOf({ ...visit, pending: ['office'] }, guard)).toMatchObject({ main: undefined, refuse: true });
  });

  it('a held visitor is first decided about, by who may screen', () => {
    const held: Visit = { ...visit, pending: ['screening', 'host'] };
    expect(actsOf(held, guard)).toMatchObject({ main: 'screen', word: undefined, refuse: false });
    const noScreener = person(capabilitiesOf.guard.filter((each) => each !== 'visits.screen'));
    expect(actsOf(held, noScreener).main).toBeUndefined();
  });

  it('who is cleared is let in, who is inside leaves, and an auditor looks on', () => {
    const cleared: Visit = { ...visit, state: 'approved', pending: [] };
    expect(actsOf(cleared, guard)).toMatchObject({ main: 'let-in', refuse: true, print: true, revoke: true });
    expect(actsOf({ ...cleared, state: 'expected' }, guard).main).toBe('let-in');
    expect(actsOf({ ...cleared, state: 'inside' }, guard)).toMatchObject({ main: 'depart', refuse: false });
    expect(actsOf({ ...cleared, state: 'closed' }, guard)).toMatchObject({ main: undefined, revoke: false });
    expect(actsOf(cleared, auditor)).toEqual({
      ...{ main: undefined, word: undefined, refuse: false, revoke: false },
      ...{ reveal: false, print: false, photo: false },
    });
  });

  it('a whole identity number is for who may see it, and where there is one', () => {
    const numbered: Visit = { ...visit, visitor: { ...visit.visitor, idNumber: '1****X' } };
    expect([actsOf(numbered, boss).reveal, actsOf(numbered, guard).reveal]).toEqual([true, false]);
    expect(actsOf(visit, boss).reveal).toBe(false);
  });
});

describe('how a visit stands', () => {
  it.each<[Partial<Visit>, ReturnType<typeof markOf>]>([
    [{}, 'waiting'],
    [{ pending: ['screening'] }, 'held'],
    [{ state: 'expected', pending: ['office'] }, 'needs-word'],
    [{ state: 'expected', pending: [] }, 'cleared'],
    [{ state: 'inside', pending: [] }, 'inside'],
    [{ state: 'inside', pending: [], overdue: true }, 'overdue'],
    [{ state: 'closed', unseenOut: true }, 'unseen-out'],
    [{ state: 'refused', pending: ['screening'] }, 'refused'],
  ])('%j', (more, mark) => {
    expect(markOf({ ...visit, ...more })).toBe(mark);
  });

  it('says why the pass opens nothing, and lets out whoever is inside', () => {
    const cleared: Visit = { ...visit, state: 'approved', pending: [] };
    expect(passFault(visit, 5_000)).toBe('pass-not-approved');
    expect(passFault(cleared, 5_000)).toBeUndefined();
    expect(passFault(cleared, 500)).toBe('pass-not-yet-valid');
    expect(passFault(cleared, 9_000)).toBe('pass-expired');
    expect(passFault({ ...cleared, state: 'inside' }, 10_000)).toBeUndefined();
    const revoked = cleared.pass && { ...cleared.pass, revokedAt: 4_000 };
    expect(passFault({ ...cleared, pass: revoked }, 5_000)).toBe('pass-revoked');
  });
});
