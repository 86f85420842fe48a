import { useTranslation } from 'react-i18next';
import type { ScreeningEntry } from '../../server/contract/screening.ts';
import { useChange } from '../api.ts';
import { useCan } from '../session.tsx';
import { lastDate } from '../ui/day-bounds.ts';
import { RemoveButton } from '../ui/RemoveButton.tsx';
import { StatusTag } from '../ui/StatusTag.tsx';
import { Time } from '../ui/Time.tsx';
import { useZone } from '../ui/zone.tsx';

/** Who it is, by what they are known, why, and whom to call. */
export function EntryCard({ entry }: { entry: ScreeningEntry }) {
  const { t } = useTranslation('screening');
  const { timeZone, ahead } = useZone();
  const canManage = useCan('visits.manage');
  const remove = useChange('screening.remove', ['screening.list']);
  const { id, name, aliases, reason, responder, idKind, idNumber, phone, validUntil, createdAt } = entry;
  const over = validUntil !== null && performance.now() + ahead >= validUntil;
  const facts: [key: string, value: string | null][] = [
    ['aliases', aliases.length > 0 ? aliases.join(t('comma')) : null],
    ['paper', idKind && idNumber && `${t(`words:idKind.${idKind}`)} ${idNumber}`],
    ['phone', phone],
    ['responder', responder?.name ?? null],
    ['until', validUntil === null ? null : lastDate(validUntil, timeZone)],
  ];
  return (
    <li className="xm-card xm-entry" data-list={entry.list}>
      <div className="xm-entry-head">
        <h3>{name}</h3>
        {over && <StatusTag tone="calm">{t('over')}</StatusTag>}
      </div>
      <p>{reason}</p>
      <dl>
        {facts.map(
          ([key, value]) =>
            value !== null && (
              <div key={key}>
                <dt>{t(`fact.${key}`)}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
        <div>
          <dt>{t('fact.since')}</dt>
          <dd>
            <Time at={createdAt} style="date" />
          </dd>
        </div>
      </dl>
      {canManage && (
        <RemoveButton
          label={t('remove.do')}
          title={t('remove.sure', { name })}
          hint={t('remove.what')}
          okText={t('remove.do')}
          onRemove={(why) => remove.mutateAsync({ params: { id }, body: { reason: why } })}
        />
      )}
    </li>
  );
}
