import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Lane } from '../../server/contract/gates.ts';
import { useApi, useChange } from '../api.ts';
import type { CampusNow } from '../campus/use-campus.ts';
import { useCan } from '../session.tsx';
import { RemoveButton } from '../ui/RemoveButton.tsx';

/** A lane goes once no reader stands at it and no rule lets anybody through it. */
export function RemoveLane({ now, lane, onRemoved }: { now: CampusNow; lane: Lane; onRemoved: () => void }) {
  const { t } = useTranslation('gates');
  const { message } = App.useApp();
  const access = useApi('access.get', undefined, { enabled: useCan('access.read') });
  const remove = useChange('lanes.remove', ['campus.get']);
  const { id, name } = lane;
  const readers = now.campus.readers.filter(({ laneId }) => laneId === id);
  const ruled = access.data?.rules.some(({ laneId }) => laneId === id) ?? false;
  const blocked = () => {
    if (readers.length > 0)
      return t('lane.in-use-readers', {
        name,
        readers: readers.map((each) => each.name).join(t('lane.comma')),
      });
    return ruled ? t('lane.in-use-rules', { name }) : undefined;
  };
  return (
    <RemoveButton
      className="xm-foot-start"
      label={t('lane.remove')}
      title={t('lane.remove-sure', { name })}
      hint={t('lane.remove-hint')}
      blocked={blocked()}
      onRemove={(reason) => remove.mutateAsync({ params: { id }, body: { reason } })}
      onRemoved={() => {
        void message.success(t('lane.removed', { name }));
        onRemoved();
      }}
    />
  );
}
