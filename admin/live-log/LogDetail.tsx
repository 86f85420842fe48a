import { FilterOutlined } from '@ant-design/icons';
import { Button, Descriptions, Drawer } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogRow } from '../../server/contract/log.ts';
import { PersonPhoto } from '../campus/PersonPhoto.tsx';
import {
  laneOf,
  reasonText,
  removed,
  resultWord,
  sentenceOf,
  type Translate,
  toneOf,
} from '../events/sentence.ts';
import { useCan } from '../session.tsx';
import { StatusTag } from '../ui/StatusTag.tsx';
import { Time } from '../ui/Time.tsx';
import { useNarrow } from '../ui/use-media.ts';
import { ChangeList } from './ChangeList.tsx';
import { Explanation } from './Explanation.tsx';
import './log-detail.css';

/** One row with everything that the record holds. */
export function LogDetail({
  row,
  onClose,
  onPerson,
}: {
  row: LogRow | undefined;
  onClose: () => void;
  onPerson: (cardholderId: string) => void;
}) {
  const { t } = useTranslation('live-log');
  const narrow = useNarrow(600);
  return (
    <Drawer
      open={row !== undefined}
      onClose={onClose}
      size={narrow ? '100%' : 520}
      title={row && t('detail.title', { seq: row.event.seq })}
      closable={{ 'aria-label': t('common:close') }}
      destroyOnHidden
    >
      {row && <Detail row={row} onPerson={onPerson} />}
    </Drawer>
  );
}

function Detail({ row, onPerson }: { row: LogRow; onPerson: (cardholderId: string) => void }) {
  const { t } = useTranslation('live-log');
  const mayExplain = useCan('log.explain');
  const { event, cardholder } = row;
  const reason = reasonText(row, t);
  const items = fieldsOf(row, t).map(({ field, value }) => ({
    key: field,
    label: t(`detail.${field}`),
    children: value,
  }));
  return (
    <div className="xm-detail">
      <div className="xm-detail-top">
        {cardholder && <PersonPhoto photoId={cardholder.photoId} name={cardholder.name} size={96} />}
        <div>
          <StatusTag tone={toneOf(row)}>{resultWord(row, t)}</StatusTag>
          {reason && <p className="xm-detail-reason">{reason}</p>}
          <p className="xm-detail-sentence">{sentenceOf(row, t)}</p>
          {cardholder && (
            <Button
              size="small"
              icon={<FilterOutlined aria-hidden />}
              onClick={() => onPerson(cardholder.id)}
            >
              {t('detail.only-person')}
            </Button>
          )}
        </div>
      </div>
      {mayExplain && (event.type === 'passage.denied' || event.type === 'passage.granted') && (
        <Explanation row={row} />
      )}
      <ChangeList row={row} />
      <Descriptions
        column={1}
        size="small"
        bordered
        items={items}
        styles={{ label: { whiteSpace: 'nowrap' } }}
      />
      <details className="xm-detail-record">
        <summary>{t('detail.record')}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so a keyboard must reach it */}
        <pre tabIndex={0}>{JSON.stringify(event.data, null, 2)}</pre>
      </details>
    </div>
  );
}

function fieldsOf(row: LogRow, t: Translate): { field: string; value: ReactNode }[] {
  const { event, cardholder, gate, device, actor } = row;
  const { gateId, deviceId } = event.data;
  const all: [field: string, value: ReactNode][] = [
    ['time', <Time key="time" at={event.at} style="full" />],
    ['gate', gate ?? (gateId === undefined ? undefined : removed(gateId, t))],
    ['lane', laneOf(row, t)],
    ['device', device ?? (deviceId === undefined ? undefined : removed(deviceId, t))],
    ['person', cardholder?.name],
    ['unit', cardholder?.unit],
    ['number', cardholder?.number],
    ['actor', actor],
    ['note', event.note],
    [
      'card',
      typeof event.data.readKey === 'string' ? <code key="card">{event.data.readKey}</code> : undefined,
    ],
    [
      'seq',
      <span key="seq" className="xm-numbers">
        {event.seq}
      </span>,
    ],
    ['type', <code key="type">{`${event.type} v${event.v}`}</code>],
    [
      'hash',
      <code key="hash" className="xm-hash">
        {event.hash}
      </code>,
    ],
  ];
  return all.flatMap(([field, value]) =>
    value === undefined || value === null || value === '' ? [] : [{ field, value }],
  );
}
