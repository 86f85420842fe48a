/** Why a new password is too easy to guess, as a sentence for its field. */
import { useTranslation } from 'react-i18next';
import { passwordWeakness } from '../server/contract/password-rules.ts';

type About = Parameters<typeof passwordWeakness>[1];

export function useWeakPassword(): (password: string, about: About) => string | undefined {
  const { t } = useTranslation('problems');
  return (password, about) => {
    const weakness = passwordWeakness(password, about);
    return weakness && t(`password.${weakness}`);
  };
}
