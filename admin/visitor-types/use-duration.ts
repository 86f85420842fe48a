import { useTranslation } from 'react-i18next';

/** So many minutes as people say it: `2 h`, `1 h 30 min`, `45 min`. */
export function useDuration(): (minutes: number) => string {
  const { t } = useTranslation('visitor-types');
  return (minutes) => {
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
    if (hours === 0) return t('minutes', { count: rest });
    return rest === 0
      ? t('hours', { count: hours })
      : `${t('hours', { count: hours })} ${t('minutes', { count: rest })}`;
  };
}
