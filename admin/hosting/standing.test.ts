import { describe, expect, it } from 'vitest';
import type { Visit } from '../../server/contract/visits.ts';
import { flatTexts } from '../test-texts.ts';
import { offersOf, standingOf, standings } from './standing.ts';

const [now, until] = [1_000, 5_000];
const visit = (of: Partial<Visit>): Visit => ({
  ...{ id: 'v', state: 'expected', source: 'invited', pending: [], words: [], typeId: 't' },
  visitor: { id: 'p', name: 'A', phone: null, organisation: null, idKind: null, idNumber: null },
  ...{ host: null, department: null, purpose: null, companions: [], plate: null, items: null, notice: null },
  ...{ expectedFrom: now, expectedUntil: until, waitingSince: null, lapsedAt: null, metAt: null },
  ...{ partedAt: null, itemsAt: null, unseenOut: false, escort: false, seriesId: null, photoId: null },
  ...{ signatureId: null, enteredAt: null, leftAt: null, overdue: false, pass: null },
  ...of,
});
const pass = { id: 'p', number: 1, validFrom: now, validUntil: until, revokedAt: null };

describe('a visit', () => {
  it.each([
    ['waits-for-you', { state: 'waiting', pending: ['host', 'guard'] }, 'accept'],
    ['with-guard', { state: 'waiting', pending: ['host'], lapsedAt: 900 }, 'accept'],
    ['waits-for-others', { state: 'waiting', pending: ['guard'] }, 'refuse'],
    ['invited', { pass }, 'pass'],
    ['invited-pending', { pending: ['guard'] }, 'pass'],
    ['may-come-in', { state: 'approved', source: 'registered' }, 'pass'],
    ['revoked', { pass: { ...pass, revokedAt: 9 } }, 'cancel'],
    ['never-came', { expectedUntil: now }, undefined],
    ['refused', { state: 'refused', source: 'registered' }, undefined],
    ['refused', { state: 'refused', source: 'registered', pending: ['host'] }, 'think-again'],
    ['cancelled', { state: 'refused', pending: ['host'], expectedUntil: now }, undefined],
    ['arrived', { state: 'inside' }, 'met'],
    ['with-you', { state: 'inside', metAt: 9 }, 'parted'],
    ['parted', { state: 'inside', metAt: 9, partedAt: 10 }, 'pass'],
    ['overdue', { state: 'inside', overdue: true }, 'parted'],
    ['left', { state: 'left', enteredAt: 9 }, undefined],
    ['left', { state: 'closed', enteredAt: 9 }, undefined],
    ['left-unseen', { state: 'closed', enteredAt: 9, unseenOut: true }, undefined],
    ['never-came', { state: 'closed' }, undefined],
  ] as const)('stands as %s: %o', (standing, of, first) => {
    const one = visit(of as Partial<Visit>);
    expect(standingOf(one, now)).toBe(standing);
    expect(offersOf(one, now)[0]).toBe(first);
  });

  it('has words for each, and a guard is asked only by a host who was asked', () => {
    const known = flatTexts('en');
    for (const standing of standings) expect(known.has(`hosting:standing.${standing}`)).toBe(true);
    const waiting = visit({ state: 'waiting', pending: ['host'] });
    expect(offersOf(waiting, now)).toContain('hand-over');
    expect(offersOf({ ...waiting, lapsedAt: 900 }, now)).not.toContain('hand-over');
  });
});
