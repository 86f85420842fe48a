import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkField,
  controlOf,
  escapeControls,
  type OptionRow,
  overrides,
  toField,
  unescapeControls,
} from './option-form.ts';

const suffix: OptionRow = { name: 'suffix', type: 'string', default: '\r\n' };
const idle: OptionRow = { name: 'idleMs', type: 'number', default: 50, min: 5, max: 10_000 };
const radix: OptionRow = { name: 'radix', type: 'string', default: '10H', choices: ['10H', 'dec'] };
const baud: OptionRow = { name: 'baudRate', type: 'number', default: 9600, choices: [9600, 19_200] };
const invert: OptionRow = { name: 'invert', type: 'boolean', default: false };

describe('escapes', () => {
  it('shows what can not be seen', () => {
    expect(escapeControls('\x02A\\\r\n\t\x7f')).toBe('\\x02A\\\\\\r\\n\\t\\x7f');
  });
  it('comes back as it was, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => unescapeControls(escapeControls(text)) === text),
    );
  });
  it.each(['\\q', 'a\\', '\\x0', '\\xzz'])('refuses %s', (text) => {
    expect(unescapeControls(text)).toBeUndefined();
  });
});

describe('controlOf', () => {
  it('chooses by type and choices', () => {
    expect([suffix, idle, radix, baud, invert].map(controlOf)).toEqual([
      'text',
      'number',
      'choice',
      'choice',
      'switch',
    ]);
  });
});

describe('checkField', () => {
  it('tells the range of a number', () => {
    expect(checkField(idle, 4)).toEqual({ key: 'between', min: 5, max: 10_000 });
    expect(checkField({ ...idle, max: undefined }, 4)).toEqual({ key: 'at-least', min: 5 });
    expect(checkField({ ...idle, min: undefined }, 10_001)).toEqual({ key: 'at-most', max: 10_000 });
    expect(checkField(idle, 5)).toBeUndefined();
  });
  it('wants a whole number', () => {
    expect(checkField(idle, null)).toEqual({ key: 'required' });
    expect(checkField(idle, 5.5)).toEqual({ key: 'whole' });
  });
  it('takes only what can be chosen', () => {
    expect(checkField(baud, 9600)).toBeUndefined();
    expect(checkField(baud, '9600')).toEqual({ key: 'choice' });
  });
  it('refuses a broken escape', () => {
    expect(checkField(suffix, '\\q')).toEqual({ key: 'escape' });
    expect(checkField(suffix, '')).toBeUndefined();
  });
});

describe('overrides', () => {
  it('sends only what differs from the model', () => {
    const rows = [suffix, idle, radix, invert];
    const unchanged = Object.fromEntries(rows.map((row) => [row.name, toField(row, undefined)]));
    expect(overrides(rows, unchanged)).toEqual({});
    expect(overrides(rows, { ...unchanged, suffix: '\\r', invert: true })).toEqual({
      suffix: '\r',
      invert: true,
    });
  });
  it('can set a text to nothing', () => {
    expect(overrides([suffix], { suffix: '' })).toEqual({ suffix: '' });
  });
  it('starts from what is set', () => {
    expect(toField(suffix, '\t')).toBe('\\t');
    expect(toField(idle, 7)).toBe(7);
  });
});
