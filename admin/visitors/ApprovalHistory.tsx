import { CheckOutlined, ClockCircleOutlined, CloseOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Visit } from '../../server/contract/visits.ts';
import { Time } from '../ui/Time.tsx';

/** Whose word was given, oldest first, and whose the visit still needs. */
export function ApprovalHistory({ visit }: { visit: Visit }) {
  const { t } = useTranslation(['visitors', 'words']);
  const { words, pending, source, host } = visit;
  if (words.length === 0 && pending.length === 0 && source === 'registered') return null;
  return (
    <section className="xm-visit-words" aria-labelledby="xm-words">
      <h3 id="xm-words">{t('words.title')}</h3>
      <ol>
        {source === 'invited' && (
          <li>
            <CheckOutlined className="xm-word-yes" aria-hidden />
            <span>{t('words.invited', { name: host?.name ?? t('words.somebody') })}</span>
          </li>
        )}
        {words.map(({ word, by, approved, at }) => (
          <li key={`${word} ${at}`}>
            {approved ? (
              <CheckOutlined className="xm-word-yes" aria-hidden />
            ) : (
              <CloseOutlined className="xm-word-no" aria-hidden />
            )}
            <span>
              {t(approved ? 'words.agreed' : 'words.refused', {
                word: t(`words:visitWord.${word}`),
                name: by || t('words.somebody'),
              })}{' '}
              <Time at={at} style="short" />
            </span>
          </li>
        ))}
        {pending.map((word) => (
          <li key={word}>
            <ClockCircleOutlined className="xm-word-wait" aria-hidden />
            <span>
              {t('words.pending', { word: t(`words:visitWord.${word}`) })}
              {word === 'host' && visit.lapsedAt !== null && ` ${t('words.lapsed')}`}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
