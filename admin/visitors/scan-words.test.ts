import { expect, it } from 'vitest';
import { scanned } from './scan-words.ts';

const token = `XM:${'8F%TX2$'.repeat(18)}`;

it('knows the code of a pass, whatever a scanner types around it', () => {
  expect(scanned(token)).toEqual({ code: token });
  expect(scanned(` ${token.toLowerCase()} `)).toEqual({ code: token });
  expect(scanned('XM:')).toEqual({ code: 'XM:' });
  const foreign = `https://example.invalid/${'a'.repeat(60)}`;
  expect(scanned(foreign)).toEqual({ code: foreign });
});

it('knows the number of a badge, as it is printed', () => {
  for (const typed of ['12', '#12', 'No. 12', 'no 12', '编号 12', '１２', ' 012 ']) {
    expect(scanned(typed), typed).toEqual({ number: 12 });
  }
});

it('searches for anything else, of two characters at least', () => {
  for (const typed of ['13800138000', '京A12345', 'Li', '王芳', 'E12345678', '12a']) {
    expect(scanned(typed), typed).toEqual({ search: typed });
  }
  expect(scanned(' 王 ')).toBe('too-short');
  expect(scanned('')).toBe('too-short');
});
