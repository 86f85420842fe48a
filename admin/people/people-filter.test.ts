import { describe, expect, it } from 'vitest';
import { isFiltered, noFilter, readFilter, writeFilter } from './people-filter.ts';

describe('people filter', () => {
  it('goes through the address and back', () => {
    const filter = { text: '张 三', kind: 'student', status: 'suspended' } as const;
    const search = writeFilter(new URLSearchParams('person=p1'), filter);
    expect(search.get('person')).toBe('p1');
    expect(readFilter(new URLSearchParams(search.toString()))).toEqual(filter);
  });
  it('leaves out what is not set', () => {
    expect(writeFilter(new URLSearchParams('q=a&kind=staff'), noFilter).toString()).toBe('');
  });
  it('takes no words that the contract does not have', () => {
    expect(readFilter(new URLSearchParams('kind=wizard&status=gone'))).toEqual(noFilter);
  });
  it('caps the text at what the server takes', () => {
    expect(readFilter(new URLSearchParams({ q: 'x'.repeat(300) })).text).toHaveLength(100);
  });
  it('knows whether anything is set', () => {
    expect(isFiltered({ ...noFilter, text: '  ' })).toBe(false);
    expect(isFiltered({ ...noFilter, status: 'left' })).toBe(true);
  });
});
