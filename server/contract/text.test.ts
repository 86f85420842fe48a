import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bodyOf, type Route } from './route.ts';
import { routes } from './routes.ts';
import { lines, name, seenText, text } from './text.ts';

describe('text that people type', () => {
  it.each([
    ['  North gate ', 'North gate'],
    ['李\u200b明\u0000', '李明'],
    ['safe\u202Egpj.exe', 'safegpj.exe'],
    ['e\u0301cole', '\u00e9cole'],
    ['one\r\ntwo\tthree\u2028four', 'one two three four'],
    ['\uFEFFname\u00ad', 'name'],
    ['half \ud800 of one', 'half  of one'],
    ['葛\u{E0100}城', '葛\u{E0100}城'],
    ['\u3000全角\u3000', '全角'],
    ['𠮷田 👍', '𠮷田 👍'],
  ])('%j is seen as %j', (typed, seen) => {
    expect(seenText(typed)).toBe(seen);
  });

  it('counts what is seen', () => {
    const reason = text(5, { least: 2, message: 'say why' });
    for (const nothing of ['\u0000\u0000', '\u200b\u200b\u200b', '\u2060\u3164\u2800', ' \u202e ', 'a\u200b'])
      expect(reason.safeParse(nothing).error?.issues[0]?.message, JSON.stringify(nothing)).toBe('say why');
    expect(reason.parse('\u200b12345\u200b')).toBe('12345');
    expect(reason.safeParse('123456').success).toBe(false);
    expect(name.safeParse('\u200d').success).toBe(false);
  });

  it('keeps its lines where it may have some, each as it is seen', () => {
    const notice = lines(40);
    expect(notice.parse(' One\u200b\r\nTwo\tthree \n\n\n\nFour\n')).toBe('One\nTwo three\n\nFour');
    expect(notice.safeParse(' \n\u200b\n ').success).toBe(false);
    expect(notice.safeParse('x'.repeat(41)).success).toBe(false);
  });

  it('is still described by its length', () => {
    expect(z.toJSONSchema(name)).toMatchObject({ type: 'string', minLength: 1, maxLength: 100 });
  });
});

/** What people type into bodies, whole and in parts. The number of a reader on its device is none of them. */
const members = ['name', 'unit', 'reason', 'schoolName'];
const taking = Object.entries(routes).flatMap(([route, row]) => {
  const whole = bodyOf(row as Route);
  const body = whole instanceof z.ZodObject ? whole.shape : {};
  return members.flatMap((member) => (member in body ? [{ route, member, schema: body[member] }] : []));
});

it.each(taking)('$route takes no $member that nobody can see', ({ schema }) => {
  expect(schema?.safeParse('\u0000\u200b\u202e').success).toBe(false);
  expect(schema?.parse('a\u202eb')).toBe('ab');
});
