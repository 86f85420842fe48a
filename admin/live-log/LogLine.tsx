import {
  AlertFilled,
  LoginOutlined,
  LogoutOutlined,
  SettingFilled,
  SwapOutlined,
  ToolFilled,
} from '@ant-design/icons';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type LogRow, type ResultKind, resultOf } from '../../server/contract/log.ts';
import { PersonPhoto } from '../campus/PersonPhoto.tsx';
import { isPassage, laneOf, reasonText, resultWord, sentenceOf, toneOf, wordOf } from '../events/sentence.ts';
import { StatusTag } from '../ui/StatusTag.tsx';
import { Time } from '../ui/Time.tsx';

const kindIcons: Record<ResultKind, ReactNode> = {
  granted: <SwapOutlined />,
  denied: <SwapOutlined />,
  outcome: <SwapOutlined />,
  alarm: <AlertFilled />,
  change: <SettingFilled />,
  system: <ToolFilled />,
};

export const LogLine = memo(function LogLine({
  row,
  outcome,
  narrow,
  onOpen,
}: {
  row: LogRow;
  /** What became of this grant. */
  outcome: LogRow | undefined;
  narrow: boolean;
  onOpen: (row: LogRow) => void;
}) {
  const { t } = useTranslation('live-log');
  const tone = toneOf(row);
  const passage = isPassage(row);
  const result = <StatusTag tone={tone}>{resultWord(row, t)}</StatusTag>;
  const reason = outcome ? <Outcome row={outcome} /> : reasonText(row, t);
  const shape = !narrow ? 'xm-line-wide' : passage ? 'xm-line-card' : 'xm-line-card xm-line-told';
  return (
    <button type="button" className={`xm-line xm-line-${tone} ${shape}`} onClick={() => onOpen(row)}>
      <span className="xm-line-time">
        <Time at={row.event.at} />
      </span>
      {passage ? (
        <>
          <span className="xm-line-who">
            <PersonPhoto photoId={row.cardholder?.photoId} name={row.cardholder?.name} size={40} />
            <Who row={row} />
          </span>
          <Where row={row} />
        </>
      ) : (
        <span className={narrow ? 'xm-line-sentence' : 'xm-line-sentence xm-line-spread'}>
          <span className={`xm-line-kind xm-line-kind-${tone}`} aria-hidden>
            {kindIcons[resultOf(row.event.type)]}
          </span>
          <span>{sentenceOf(row, t)}</span>
        </span>
      )}
      <span className="xm-line-result">{result}</span>
      <span className="xm-line-reason">{reason}</span>
    </button>
  );
});

/** Said softly when all went well. */
function Outcome({ row }: { row: LogRow }) {
  const { t } = useTranslation('live-log');
  const tone = toneOf(row);
  const word = resultWord(row, t);
  return tone === 'calm' ? (
    <span className="xm-soft">{word}</span>
  ) : (
    <StatusTag tone={tone}>{word}</StatusTag>
  );
}

function Who({ row: { cardholder, event } }: { row: LogRow }) {
  const { t } = useTranslation('live-log');
  if (cardholder === undefined)
    return (
      <span className="xm-line-person">
        <strong className="xm-line-unknown">{t('unknown-person')}</strong>
        {typeof event.data.readKey === 'string' && (
          <span className="xm-soft xm-numbers">{event.data.readKey.replace(/^\w+:\d+:/, '')}</span>
        )}
      </span>
    );
  return (
    <span className="xm-line-person">
      <strong>{cardholder.name}</strong>
      <span className="xm-soft">{cardholder.unit ?? t(`words:cardholderKind.${cardholder.kind}`)}</span>
    </span>
  );
}

function Where({ row }: { row: LogRow }) {
  const { t } = useTranslation('live-log');
  const { direction } = row.event.data;
  return (
    <span className="xm-line-where">
      <span>
        {laneOf(row, t)}
        <span className="xm-line-direction">
          {direction === 'out' ? <LogoutOutlined aria-hidden /> : <LoginOutlined aria-hidden />}
          {wordOf(direction, 'direction', t)}
        </span>
      </span>
      <span className="xm-soft">{row.gate}</span>
    </span>
  );
}
