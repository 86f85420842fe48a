import { describe, expect, it } from 'vitest';
import { ApiError } from '../server/contract/client.ts';
import { type Problem, problem } from '../server/contract/problem.ts';
import { faultOf, fieldFaults, mayPass, problemKey } from './problems.ts';

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

  it('says what exactly was wrong, where the server tells, else what its code says', () => {
    const params = { lane: 'Lane 1' };
    expect(problemKey(refused({ code: 'conflict', why: 'device.in-use', params }))).toEqual({
      key: 'problems:device.in-use',
      params,
    });
    expect(problemKey(refused({ code: 'not-found' })).key).toBe('common:problem.not-found');
    expect(problemKey(new ApiError(undefined, '')).key).toBe('common:problem.offline');
    // Of a server that is newer than this page.
    const newer = { type: '', title: '', status: 409, code: 'conflict', why: 'thing.unheard-of' };
    expect(problemKey(new ApiError(problem.parse(newer), '')).key).toBe('common:problem.conflict');
  });

  it('tries again only what may pass', () => {
    expect(mayPass(new ApiError(undefined, ''))).toBe(true);
    expect(mayPass(refused({ code: 'store-unavailable' }))).toBe(true);
    expect(mayPass(refused({ code: 'not-allowed' }))).toBe(false);
  });
});
