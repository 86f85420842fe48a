import { describe, expect, it } from 'vitest';
import { notationHint } from './notation-hint.ts';

const model = {
  options: [{ name: 'radix', type: 'string' as const, default: 'text', choices: ['text', '8H10D', '4H4H'] }],
};

describe('notationHint', () => {
  it('offers what the read looks like and the model can be set to', () => {
    const read = { looksLike: ['10H', '8H10D', '4H4H'] };
    expect(notationHint(read, { options: {} }, model)).toEqual({ set: 'text', forms: ['8H10D', '4H4H'] });
    expect(notationHint(read, { options: { radix: '8H10D' } }, model)?.set).toBe('8H10D');
  });

  it('says nothing of other reads, and of readers that can not be set', () => {
    expect(notationHint({}, { options: {} }, model)).toBeUndefined();
    expect(notationHint({ looksLike: ['10H'] }, { options: {} }, model)).toBeUndefined();
    expect(notationHint({ looksLike: ['8H10D'] }, { options: {} }, { options: [] })).toBeUndefined();
    expect(notationHint({ looksLike: ['8H10D'] }, { options: {} }, undefined)).toBeUndefined();
  });
});
