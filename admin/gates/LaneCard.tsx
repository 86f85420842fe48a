import { EditOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { LaneNode, ReaderNode, Wire } from '../campus/campus-tree.ts';
import { laneProblems, laneWord } from '../campus/lane-words.ts';
import { PostureTag } from '../campus/PostureTag.tsx';
import { useCan } from '../session.tsx';
import { StatusTag } from '../ui/StatusTag.tsx';
import { BusReaderTags } from './bus/BusReaderTags.tsx';
import { busReaderOf } from './bus/bus-words.ts';
import { deviceWord } from './device-words.ts';
import { LaneActions } from './LaneActions.tsx';
import type { ReaderTarget } from './ReaderModal.tsx';

/** One lane: how it stands, what it is wired to, what is wrong with it, and what may be done. */
export function LaneCard({
  node,
  onEdit,
  onReader,
}: {
  node: LaneNode;
  onEdit: () => void;
  onReader: (target: ReaderTarget) => void;
}) {
  const { t } = useTranslation(['gates', 'campus', 'common', 'words']);
  const { lane, state, zone } = node;
  const word = laneWord(state);
  const problems = laneProblems(node);
  const canManage = useCan('gates.manage');
  const side = (direction: 'in' | 'out') => (
    <Side
      direction={direction}
      readers={node[direction]}
      onPick={(reader) => onReader({ reader })}
      onAdd={() => onReader({ laneId: lane.id, direction })}
    />
  );
  return (
    <article
      className={`xm-card xm-lane${word.tone === 'bad' ? ' xm-lane-bad' : ''}`}
      aria-labelledby={`lane-${lane.id}`}
    >
      <header className="xm-lane-head">
        <h3 id={`lane-${lane.id}`}>{lane.name}</h3>
        <span className="xm-tags" aria-live="polite">
          <PostureTag posture={lane.posture} />
          {lane.posture === 'disabled' ? null : (
            <StatusTag tone={word.tone}>{t(`campus:lane.${word.key}`)}</StatusTag>
          )}
        </span>
      </header>
      {problems.length > 0 && (
        <ul className="xm-problems">
          {problems.map(({ key, name }) => (
            <li key={key + name}>{t(`campus:problem.${key}`, { name })}</li>
          ))}
        </ul>
      )}
      <dl className="xm-facts">
        {side('in')}
        {side('out')}
        <WireFact label={t('lane.output')} wire={node.output} kind="channel" />
        <WireFact label={t('lane.dps')} wire={node.dps} kind="input" />
        <WireFact label={t('lane.rex')} wire={node.rex} kind="input" />
        {zone && <Fact label={t('lane.zone')}>{zone.name}</Fact>}
      </dl>
      <footer className="xm-lane-actions">
        <LaneActions lane={lane} hasOutput={node.output !== undefined} />
        {canManage && (
          <Button icon={<EditOutlined aria-hidden />} onClick={onEdit}>
            {t('lane.edit')}
          </Button>
        )}
      </footer>
    </article>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function WireFact({
  label,
  wire,
  kind,
}: {
  label: string;
  wire: Wire | undefined;
  kind: 'channel' | 'input';
}) {
  const { t } = useTranslation(['gates', 'campus', 'common', 'words']);
  const number = wire && (kind === 'channel' ? wire.number : wire.number + 1);
  return (
    <Fact label={label}>
      {wire ? (
        [wire.device?.name ?? t('campus:gone'), wire.reader?.name, t(`wire.${kind}`, { number })]
          .filter(Boolean)
          .join(' · ')
      ) : (
        <span className="xm-soft">{t('wire.none')}</span>
      )}
    </Fact>
  );
}

function Side({
  direction,
  readers,
  onPick,
  onAdd,
}: {
  direction: 'in' | 'out';
  readers: ReaderNode[];
  onPick: (reader: ReaderNode['reader']) => void;
  onAdd: () => void;
}) {
  const { t } = useTranslation(['gates', 'campus', 'common', 'words']);
  const canManage = useCan('devices.manage');
  return (
    <Fact label={t(`reader.${direction}`)}>
      {readers.map(({ reader, device }) => {
        const onBus = device && busReaderOf(device, reader.number);
        const word = device ? deviceWord(device) : { state: 'unknown', tone: 'calm' as const };
        return (
          <span key={reader.id} className="xm-reader">
            {canManage ? (
              <button type="button" className="xm-link" onClick={() => onPick(reader)}>
                {reader.name}
              </button>
            ) : (
              <span>{reader.name}</span>
            )}
            {onBus && word.state === 'online' ? (
              <BusReaderTags status={onBus} brief />
            ) : (
              <StatusTag tone={word.tone}>{t(`device.state.${word.state}`)}</StatusTag>
            )}
          </span>
        );
      })}
      {readers.length === 0 && <span className="xm-soft">{t('reader.none')}</span>}
      {canManage && readers.length === 0 && (
        <button type="button" className="xm-link" onClick={onAdd}>
          <PlusOutlined aria-hidden /> {t('reader.put')}
        </button>
      )}
    </Fact>
  );
}
