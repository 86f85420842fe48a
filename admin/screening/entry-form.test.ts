import { describe, expect, it } from 'vitest';
import { entryOf } from './entry-form.ts';

const least = { list: 'deny', name: 'Anna Test', reason: 'a court order' } as const;

describe('a new entry', () => {
  it('of the least has nothing more', () => {
    expect(entryOf(least, 'UTC')).toEqual({ ...least, aliases: [], responderId: null, validUntil: null });
  });
  it('has other names once each, and a number with its kind alone', () => {
    const more = { aliases: ['Ann', ' Ann ', 'Anna Test', ''], idNumber: '  ', idKind: 'passport' as const };
    expect(entryOf({ ...least, ...more, phone: ' ' }, 'UTC')).toEqual(
      entryOf({ ...least, aliases: ['Ann'] }, 'UTC'),
    );
    const paper = { idKind: 'passport' as const, idNumber: ' X1 ' };
    expect(entryOf({ ...least, ...paper }, 'UTC')).toMatchObject({ idKind: 'passport', idNumber: 'X1' });
  });
  it('counts to the end of its last day at the school', () => {
    const { validUntil } = entryOf({ ...least, lastDay: '2026-09-02' }, 'Asia/Shanghai');
    expect(validUntil).toBe(Date.UTC(2026, 8, 2, 16));
  });
});
