/** The kiosk's texts: both languages at once, since they stand one tap apart and the server may be away. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../server/contract/words.ts';
import en from './locales/en.json' with { type: 'json' };
import zh from './locales/zh-CN.json' with { type: 'json' };

export async function startTexts(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'zh-CN',
    fallbackLng: false,
    resources: { 'zh-CN': { kiosk: zh }, en: { kiosk: en } },
    defaultNS: 'kiosk',
    interpolation: { escapeValue: false },
  });
}

export async function showLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
