import { useTranslation } from 'react-i18next';
import type { LogRow } from '../../server/contract/log.ts';
import { changesOf } from '../events/change-words.ts';
import { formatTime } from '../ui/format-time.ts';
import { useZone } from '../ui/zone.tsx';

/** What a change made of what, field by field; nothing for an event that tells no values. */
export function ChangeList({ row }: { row: LogRow }) {
  const { t } = useTranslation('live-log');
  const { timeZone } = useZone();
  const changes = changesOf(row, t, (at) => formatTime(at, timeZone, 'full'));
  if (changes.length === 0) return null;
  return (
    <section aria-labelledby="xm-changes">
      <h2 id="xm-changes" className="xm-changes-title">
        {t('detail.changes')}
      </h2>
      <dl className="xm-changes">
        {changes.map(({ field, from, to }) => (
          <div key={field}>
            <dt>{field}</dt>
            <dd>{t('detail.from-to', { from, to })}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
