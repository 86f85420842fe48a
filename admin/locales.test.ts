import { describe, expect, it } from 'vitest';
import { capability } from '../server/contract/capabilities.ts';
import { type Why, whys } from '../server/contract/why.ts';
import { language } from '../server/contract/words.ts';
import { flatTexts } from './test-texts.ts';

const sources = import.meta.glob<string>(['./**/*.{ts,tsx}', '!./**/*.test.ts'], {
  eager: true,
  query: '?raw',
  import: 'default',
});

/** English has a form for one, Chinese has not. */
const withoutPlural = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '');
const keysOf = (lng: string) => new Set([...flatTexts(lng).keys()].map(withoutPlural));

describe('texts', () => {
  it('has the same keys in every language', () => {
    const chinese = keysOf('zh-CN');
    const english = keysOf('en');
    expect([...chinese].filter((key) => !english.has(key))).toEqual([]);
    expect([...english].filter((key) => !chinese.has(key))).toEqual([]);
  });

  it.each(language.options)('has no empty text in %s', (lng) => {
    const empty = [...flatTexts(lng)].filter(([, text]) => typeof text !== 'string' || text.trim() === '');
    expect(empty).toEqual([]);
  });

  it('fills the same places in every language', () => {
    const places = (text: unknown) => [...new Set(String(text).match(/\{\{\w+\}\}/g))].sort();
    const english = flatTexts('en');
    const different = [...flatTexts('zh-CN')].filter(([key, text]) => {
      const other = english.get(key) ?? english.get(`${key}_other`);
      return String(places(text)) !== String(places(other));
    });
    expect(different).toEqual([]);
  });

  it.each(language.options)(
    'has a whole sentence in %s for all that the server may say, and for nothing else',
    (lng) => {
      const own = [...flatTexts(lng)].filter(([key]) => key.startsWith('problems:'));
      const said = new Map(own.map(([key, text]) => [key.slice('problems:'.length), String(text)]));
      expect([...new Set([...said.keys()].map(withoutPlural))].sort()).toEqual(Object.keys(whys).sort());
      for (const [key, text] of said) {
        const params = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);
        const given: readonly string[] = whys[withoutPlural(key) as Why];
        expect(given, key).toEqual(expect.arrayContaining(params));
        expect(text, key).toMatch(/[.。]$/);
      }
    },
  );

  it.each(language.options)('has a word in %s for all that an account may do', (lng) => {
    const missing = capability.options.filter((each) => !flatTexts(lng).has(`words:capability.${each}`));
    expect(missing.filter((each) => each !== 'kiosk.use')).toEqual([]);
  });

  it('has a text for every key that a component names', () => {
    const known = keysOf('en');
    const missing: string[] = [];
    for (const [path, source] of Object.entries(sources)) {
      const own = /useTranslation\(\s*\[?'([\w-]+)'/.exec(source)?.[1] ?? 'common';
      for (const [, key = ''] of source.matchAll(/\bt\(\s*'([^']+)'/g)) {
        const whole = key.includes(':') ? key : `${own}:${key}`;
        if (!known.has(whole)) missing.push(`${path}: ${whole}`);
      }
    }
    expect(missing).toEqual([]);
  });

  it('has no Chinese text outside of the texts', () => {
    const allowed = /校门 Xiaomen|'中文'/g;
    const found = Object.entries(sources)
      .filter(([, source]) =>
        /[\u4e00-\u9fff]/.test(source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').replace(allowed, '')),
      )
      .map(([path]) => path);
    expect(found).toEqual([]);
  });
});
