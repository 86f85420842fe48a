/** The texts of a language as i18next resources, for tests. */
import { namespaceOf } from './language.ts';

const files = import.meta.glob<Record<string, unknown>>('./locales/*/*.json', {
  eager: true,
  import: 'default',
});

/** Namespace -> its texts. */
export function textsOf(language: string): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => path.startsWith(`./locales/${language}/`))
      .map(([path, texts]) => [namespaceOf(path), texts]),
  );
}

/** Every text by its whole key: `words:direction.in`. */
export function flatTexts(language: string): Map<string, unknown> {
  const flat = new Map<string, unknown>();
  const walk = (prefix: string, value: unknown): void => {
    if (typeof value === 'object' && value !== null)
      for (const [key, child] of Object.entries(value)) walk(`${prefix}${key}.`, child);
    else flat.set(prefix.slice(0, -1), value);
  };
  for (const [namespace, texts] of Object.entries(textsOf(language)))
    for (const [key, value] of Object.entries(texts)) walk(`${namespace}:${key}.`, value);
  return flat;
}
