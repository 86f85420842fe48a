import { describe, expect, it } from 'vitest';
import { chooseLanguage, namespaceOf } from './language.ts';

describe('the language of a browser', () => {
  it('is the remembered one', () => {
    expect(chooseLanguage('en', ['zh-CN'])).toBe('en');
  });
  it('is the first preferred that there is', () => {
    expect(chooseLanguage(null, ['fr-FR', 'en-GB', 'zh-CN'])).toBe('en');
    expect(chooseLanguage('fr', ['zh-TW', 'en'])).toBe('zh-CN');
  });
  it('is Chinese where nothing fits', () => {
    expect(chooseLanguage(null, ['fr-FR', 'enm'])).toBe('zh-CN');
  });
});

it('names a namespace by its file', () => {
  expect(namespaceOf('./locales/en/live-log.json')).toBe('live-log');
});
