/** The page's texts: both languages at once, since they stand one tap apart. */
import type { Language } from '../server/contract/words.ts';
import en from './locales/en.json' with { type: 'json' };
import zh from './locales/zh-CN.json' with { type: 'json' };

export type Texts = typeof zh;
export const texts: Record<Language, Texts> = { 'zh-CN': zh, en };

/** The text with its values in it: `{{time}}`. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** The first of the phone's languages that we have, else Chinese. */
export function languageOf(preferred: readonly string[]): Language {
  const known = preferred.find((tag) => /^(zh|en)\b/i.test(tag)) ?? 'zh';
  return /^en\b/i.test(known) ? 'en' : 'zh-CN';
}

/** Dates and times as the language writes them, on the school's clocks. */
export function timesIn(language: Language, timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language, {
    ...{ timeZone, hourCycle: 'h23', month: 'short', day: 'numeric', weekday: 'short' },
    ...{ hour: '2-digit', minute: '2-digit' },
  });
}
