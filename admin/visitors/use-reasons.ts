import { useTranslation } from 'react-i18next';

/** The usual reasons of an act, as the texts have them below its name. */
export function useReasons(of: string): string[] {
  const { t } = useTranslation('visitors');
  return t(`${of}.reasons`, { returnObjects: true }) as string[];
}
