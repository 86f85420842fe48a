import type { ConfigProviderProps } from 'antd';

/** All that is shown in one language. */
export interface LanguagePack {
  /** Path of the file -> its texts. */
  texts: Record<string, Record<string, unknown>>;
  /** antd's own words: "OK", "No data", the calendar. */
  antd: NonNullable<ConfigProviderProps['locale']>;
}
