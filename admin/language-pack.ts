/** What a language brings along. */
import type { ConfigProviderProps } from 'antd';

export interface LanguagePack {
  /** Path of the file -> its texts. */
  texts: Record<string, Record<string, unknown>>;
  /** antd's own words: "OK", "No data", the calendar. */
  antd: NonNullable<ConfigProviderProps['locale']>;
}
