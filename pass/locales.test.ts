import { expect, it } from 'vitest';
import en from './locales/en.json' with { type: 'json' };
import zh from './locales/zh-CN.json' with { type: 'json' };

type Texts = { [key: string]: string | Texts };

/** Every text by its whole key, with the values that stand in it. */
const flat = (texts: Texts, before = ''): [key: string, text: string][] =>
  Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? [[before + key, text]] : flat(text, `${before}${key}.`),
  );
const places = (texts: Texts) =>
  flat(texts).map(([key, text]) => [key, ...(text.match(/\{\{\w+\}\}/g) ?? [])].sort().join(' '));

it('both languages say the same things, with the same values in them', () => {
  expect(places(zh).sort()).toEqual(places(en).sort());
});

it('no text is empty, and no Chinese stands in English, but its own name', () => {
  for (const [key, text] of flat(en)) {
    expect(text, key).not.toBe('');
    if (key !== 'other') expect(text, key).not.toMatch(/\p{Script=Han}/u);
  }
  expect(flat(zh).filter(([, text]) => text.trim() === '')).toEqual([]);
});
