/** Languages and texts: one JSON file per screen folder and language; a namespace is the file's name. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Language, language } from '../server/contract/words.ts';
import { chooseLanguage, namespaceOf } from './language.ts';
import type { LanguagePack } from './language-pack.ts';

const loaders: Record<Language, () => Promise<{ pack: LanguagePack }>> = {
  'zh-CN': () => import('./locales/zh-CN.ts'),
  en: () => import('./locales/en.ts'),
};
const packs = new Map<Language, LanguagePack>();
const storageKey = 'xiaomen.language';

/** Loads the texts of the remembered language, else of the browser's; resolves when screens can be drawn. */
export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    supportedLngs: language.options,
    fallbackLng: false,
    load: 'currentOnly',
    defaultNS: 'common',
    resources: {},
    // React escapes already.
    interpolation: { escapeValue: false },
  });
  await show(chooseLanguage(remembered(), navigator.languages));
}

export function currentLanguage(): Language {
  return language.catch('zh-CN').parse(i18next.language);
}

/** antd's words in the language that is shown. */
export function antdLocale(): LanguagePack['antd'] | undefined {
  return packs.get(currentLanguage())?.antd;
}

/** Switches every screen at once and remembers it on this browser. */
export async function switchLanguage(next: Language): Promise<void> {
  await show(next);
  try {
    localStorage.setItem(storageKey, next);
  } catch {
    // A browser that keeps nothing still switches.
  }
}

async function show(next: Language): Promise<void> {
  if (!packs.has(next)) {
    const { pack } = await loaders[next]();
    for (const [path, texts] of Object.entries(pack.texts))
      i18next.addResourceBundle(next, namespaceOf(path), texts);
    packs.set(next, pack);
  }
  await i18next.changeLanguage(next);
  document.documentElement.lang = next;
}

function remembered(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}
