import { describe, expect, it } from 'vitest';
import type { Credential } from '../../server/contract/people.ts';
import { movesOf, shownNumber, standing, standings } from './credential-words.ts';

const card = (more: Partial<Credential> = {}): Credential => ({
  id: 'c',
  key: 'em4100:40:01006F6C3A',
  status: 'active',
  validFrom: null,
  validUntil: null,
  form: '8H10D',
  printed: [
    { form: '10H', text: '01006F6C3A' },
    { form: '8H10D', text: '0007302202' },
  ],
  ...more,
});

describe('standing', () => {
  it('counts the first moment in and the last moment out', () => {
    const dated = card({ validFrom: 100, validUntil: 200 });
    expect([99, 100, 199, 200].map((now) => standing(dated, now))).toEqual([
      'not-yet-valid',
      'active',
      'active',
      'expired',
    ]);
  });
  it('says lost before expired', () => {
    expect(standing(card({ status: 'lost', validUntil: 1 }), 200)).toBe('lost');
  });
});

describe('standings', () => {
  it('counts and leaves out what is not there', () => {
    const cards = [card(), card({ status: 'lost' }), card()];
    expect(standings(cards, 0)).toEqual([
      { standing: 'active', count: 2 },
      { standing: 'lost', count: 1 },
    ]);
  });
});

describe('movesOf', () => {
  it('finds what was lost and restores what was suspended', () => {
    expect(movesOf('lost')).toEqual(['found']);
    expect(movesOf('suspended')).toEqual(['restore', 'lost']);
    expect(movesOf('active')).toEqual(['lost', 'suspend']);
  });
});

describe('shownNumber', () => {
  it('shows the form that the card was enrolled in', () => {
    expect(shownNumber(card())).toEqual({ form: '8H10D', text: '0007302202' });
    expect(shownNumber(card({ form: null })).form).toBe('10H');
  });
  it('shows no more than it was told', () => {
    const masked = card({ key: null, printed: [{ form: '8H10D', text: '••••2202' }] });
    expect(shownNumber(masked)).toEqual({ form: '8H10D', text: '••••2202' });
    expect(shownNumber({ ...masked, printed: [] })).toEqual({ form: null, text: '••••' });
  });
  it('falls back to the value of the key', () => {
    expect(shownNumber(card({ key: 'text:24:A:B', printed: [] }))).toEqual({ form: null, text: 'A:B' });
  });
});
