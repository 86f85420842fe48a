/** Which language a browser gets; pure. */
import { type Language, language } from '../server/contract/words.ts';

/** The remembered language if there is one, else the first of the browser's that we have, else Chinese. */
export function chooseLanguage(remembered: string | null, preferred: readonly string[]): Language {
  const kept = language.safeParse(remembered);
  if (kept.success) return kept.data;
  for (const tag of preferred) {
    if (/^zh\b/i.test(tag)) return 'zh-CN';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return 'zh-CN';
}

/** `./locales/en/live-log.json` is the namespace `live-log`. */
export function namespaceOf(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.json$/, '');
}

/** How each language calls itself. */
export const ownNames: Record<Language, string> = { 'zh-CN': '中文', en: 'English' };
