import antdLocale from 'antd/es/locale/zh_CN.js';
import type { LanguagePack } from '../language-pack.ts';

export const pack: LanguagePack = {
  texts: import.meta.glob('./zh-CN/*.json', { eager: true, import: 'default' }),
  // The types describe Node's view of this file; a bundler gives the default export itself.
  antd: antdLocale as unknown as LanguagePack['antd'],
};
