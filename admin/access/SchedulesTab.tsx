import { EditOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schedule } from '../../server/contract/access.ts';
import { useChange } from '../api.ts';
import { useCan } from '../session.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { RemoveButton } from '../ui/RemoveButton.tsx';
import { StatusTag } from '../ui/StatusTag.tsx';
import type { Access } from './access-data.ts';
import { ScheduleModal } from './ScheduleModal.tsx';
import { type Day, dayGroups } from './schedule-words.ts';

export function SchedulesTab({ access: { schedules, rules } }: { access: Access }) {
  const { t } = useTranslation('access');
  const canManage = useCan('access.manage');
  const remove = useChange('access.remove-schedule', ['access.get']);
  const [editing, setEditing] = useState<Schedule | 'new'>();
  const add = canManage && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setEditing('new')}>
      {t('schedule.add')}
    </Button>
  );
  return (
    <div className="xm-access">
      {schedules.length === 0 ? (
        <EmptyState title={t('schedule.none')} hint={t('schedule.none-hint')} action={add} />
      ) : (
        <div>{add}</div>
      )}
      {schedules.map((schedule) => (
        <section
          key={schedule.id}
          className="xm-card xm-access-card"
          aria-labelledby={`schedule-${schedule.id}`}
        >
          <header className="xm-access-head">
            <h2 id={`schedule-${schedule.id}`}>{schedule.name}</h2>
            {schedule.ignoresCalendar && <StatusTag tone="info">{t('schedule.ignores-calendar')}</StatusTag>}
            {canManage && (
              <span className="xm-access-actions">
                <Button
                  icon={<EditOutlined aria-hidden />}
                  aria-label={t('schedule.edit-of', { name: schedule.name })}
                  onClick={() => setEditing(schedule)}
                />
                <RemoveButton
                  iconOnly
                  label={t('schedule.remove-of', { name: schedule.name })}
                  title={t('schedule.remove-sure', { name: schedule.name })}
                  blocked={
                    rules.some(({ scheduleId }) => scheduleId === schedule.id)
                      ? t('schedule.in-use', { name: schedule.name })
                      : undefined
                  }
                  onRemove={(reason) => remove.mutateAsync({ params: { id: schedule.id }, body: { reason } })}
                />
              </span>
            )}
          </header>
          <Hours schedule={schedule} />
        </section>
      ))}
      {editing && (
        <ScheduleModal
          schedule={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
        />
      )}
    </div>
  );
}

function Hours({ schedule }: { schedule: Schedule }) {
  const { t } = useTranslation('access');
  const groups = dayGroups(schedule.windows);
  if (groups.length === 0) return <p className="xm-soft">{t('schedule.never')}</p>;
  const span = ([from, to]: readonly [Day, Day]) =>
    from === to ? t(`day.${from}`) : t('schedule.span', { from: t(`day.${from}`), to: t(`day.${to}`) });
  return (
    <dl className="xm-hours">
      {groups.map(({ spans, hours }) => (
        <div key={spans.join()}>
          <dt>{spans.map(span).join(t('schedule.comma'))}</dt>
          <dd className="xm-numbers">
            {hours
              .map(({ from, to, overnight }) =>
                t(overnight ? 'schedule.overnight' : 'schedule.hours', { from, to }),
              )
              .join(t('schedule.comma'))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
