import { useTranslation } from 'react-i18next';
import type { LogRow } from '../../server/contract/log.ts';
import { sentenceOf } from '../events/sentence.ts';

/** Tells a screen reader what came last. */
export function NewestPassage({ newest }: { newest: LogRow | undefined }) {
  const { t } = useTranslation('live-log');
  return (
    <p className="xm-hidden" aria-live="polite">
      {newest && sentenceOf(newest, t)}
    </p>
  );
}
