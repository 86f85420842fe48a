import { EditOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Gate, Lane } from '../../server/contract/gates.ts';
import { useChange } from '../api.ts';
import type { CampusNow } from '../campus/use-campus.ts';
import { useCan } from '../session.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { RemoveButton } from '../ui/RemoveButton.tsx';
import { GateNameModal } from './GateNameModal.tsx';
import { LaneCard } from './LaneCard.tsx';
import { LaneEditor } from './LaneEditor.tsx';
import { ReaderModal, type ReaderTarget } from './ReaderModal.tsx';

type Editing =
  | { what: 'gate'; gate: Gate }
  | { what: 'lane'; gateId: string; lane?: Lane }
  | { what: 'reader'; target: ReaderTarget };

/** Every gate with its lanes, as they are now. */
export function GateList({ now, onAdd }: { now: CampusNow; onAdd: (() => void) | undefined }) {
  const { t } = useTranslation('gates');
  const [editing, setEditing] = useState<Editing>();
  const canManage = useCan('gates.manage');
  const remove = useChange('gates.remove', ['campus.get']);
  const close = () => setEditing(undefined);
  const { gates, spare } = now.tree;
  if (gates.length === 0)
    return (
      <EmptyState
        title={t('gate.none')}
        hint={t('gate.none-hint')}
        action={
          onAdd && (
            <Button type="primary" onClick={onAdd}>
              {t('gate.add')}
            </Button>
          )
        }
      />
    );
  return (
    <>
      {gates.map(({ gate, lanes }) => (
        <section key={gate.id} className="xm-gate" aria-labelledby={`gate-${gate.id}`}>
          <header className="xm-gate-head">
            <h2 id={`gate-${gate.id}`}>{gate.name}</h2>
            <span className="xm-soft">{t('lane.count', { count: lanes.length })}</span>
            {canManage && (
              <span className="xm-gate-actions">
                <Button
                  icon={<EditOutlined aria-hidden />}
                  aria-label={t('gate.rename-of', { name: gate.name })}
                  onClick={() => setEditing({ what: 'gate', gate })}
                />
                <RemoveButton
                  iconOnly
                  label={t('gate.remove-of', { name: gate.name })}
                  title={t('gate.remove-sure', { name: gate.name })}
                  hint={t('gate.remove-hint')}
                  blocked={lanes.length > 0 ? t('gate.in-use', { name: gate.name }) : undefined}
                  onRemove={(reason) => remove.mutateAsync({ params: { id: gate.id }, body: { reason } })}
                />
                <Button
                  icon={<PlusOutlined aria-hidden />}
                  onClick={() => setEditing({ what: 'lane', gateId: gate.id })}
                >
                  {t('lane.add')}
                </Button>
              </span>
            )}
          </header>
          {lanes.length === 0 ? (
            <p className="xm-soft xm-gate-empty">{t('lane.none')}</p>
          ) : (
            <div className="xm-lanes">
              {lanes.map((node) => (
                <LaneCard
                  key={node.lane.id}
                  node={node}
                  onEdit={() => setEditing({ what: 'lane', gateId: gate.id, lane: node.lane })}
                  onReader={(target) => setEditing({ what: 'reader', target })}
                />
              ))}
            </div>
          )}
        </section>
      ))}
      {spare.length > 0 && <p className="xm-soft">{t('reader.spare', { count: spare.length })}</p>}
      {editing?.what === 'gate' && <GateNameModal gate={editing.gate} onClose={close} />}
      {editing?.what === 'lane' && (
        <LaneEditor now={now} gateId={editing.gateId} lane={editing.lane} onClose={close} />
      )}
      {editing?.what === 'reader' && <ReaderModal now={now} target={editing.target} onClose={close} />}
    </>
  );
}
