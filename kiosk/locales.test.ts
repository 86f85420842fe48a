import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import en from './locales/en.json' with { type: 'json' };
import zh from './locales/zh-CN.json' with { type: 'json' };

type Texts = { [key: string]: string | string[] | Texts };

/** Every text by its whole key; the forms of a count are one. */
function keys(texts: Texts, before = ''): string[] {
  return Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' || Array.isArray(text)
      ? [`${before}${key.replace(/_(one|other)$/, '')}`]
      : keys(text, `${before}${key}.`),
  );
}
const unique = (texts: Texts) => [...new Set(keys(texts))].sort();
const holes = (texts: Texts, before = ''): [string, string[]][] =>
  Object.entries(texts).flatMap(([name, text]): [string, string[]][] => {
    const key = before + name;
    return typeof text === 'string'
      ? [[key, [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, hole]) => hole ?? '').sort()]]
      : Array.isArray(text)
        ? [[key, [String(text.length)]]]
        : holes(text, `${key}.`);
  });

it('both languages say the same things, with the same values in them', () => {
  expect(unique(zh)).toEqual(unique(en));
  const chinese = new Map(holes(zh));
  for (const [key, names] of holes(en)) if (chinese.has(key)) expect(chinese.get(key), key).toEqual(names);
});

it('no Chinese stands in English, but the plate of a car, and no text is empty', () => {
  for (const text of JSON.stringify(en).split('"')) {
    expect(text.replaceAll('京A12345', '')).not.toMatch(/\p{Script=Han}/u);
  }
  expect(JSON.stringify([en, zh])).not.toContain('""');
});

it('every text that a screen names is there', () => {
  const known = unique(en);
  const files = readdirSync('kiosk', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.tsx'),
  );
  const named = files.flatMap((file) =>
    [...readFileSync(`kiosk/${file}`, 'utf8').matchAll(/\bt\(\s*'([\w.-]+)'/g)].map(([, key]) => key ?? ''),
  );
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter((key) => !known.includes(key))).toEqual([]);
});
