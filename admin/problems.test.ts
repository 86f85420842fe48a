import { describe, expect, it } from 'vitest';
import { ApiError } from '../server/contract/client.ts';
import type { Problem } from '../server/contract/problem.ts';
import { faultOf, fieldFaults, mayPass } from './problems.ts';

const refused = (problem: Partial<Problem>) =>
  new ApiError({ type: '', title: '', status: 400, code: 'invalid-request', ...problem }, '');

describe('problems', () => {
  it('tells the server’s code, no answer, and a failure of the page apart', () => {
    expect(faultOf(refused({ code: 'conflict' }))).toBe('conflict');
    expect(faultOf(new ApiError(undefined, 'fetch failed'))).toBe('offline');
    expect(faultOf(new TypeError('x is undefined'))).toBe('unexpected');
  });

  it('finds the fields, also where the server names the part of the request first', () => {
    const errors = [
      { path: 'administrator.username', message: 'taken' },
      { path: 'body.name', message: 'short' },
      { path: '', message: 'whole' },
    ];
    expect(fieldFaults(refused({ errors }))).toEqual([
      { path: ['administrator', 'username'], detail: 'taken' },
      { path: ['name'], detail: 'short' },
    ]);
  });

  it('tries again only what may pass', () => {
    expect(mayPass(new ApiError(undefined, ''))).toBe(true);
    expect(mayPass(refused({ code: 'store-unavailable' }))).toBe(true);
    expect(mayPass(refused({ code: 'not-allowed' }))).toBe(false);
  });
});
