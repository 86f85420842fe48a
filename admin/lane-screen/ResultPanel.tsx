import {
  CheckCircleFilled,
  CloseCircleFilled,
  LoginOutlined,
  LogoutOutlined,
  WarningFilled,
} from '@ant-design/icons';
import type { CSSProperties, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PersonPhoto } from '../campus/PersonPhoto.tsx';
import { isPassage, placeOf, reasonText, resultWord, sentenceOf, wordOf } from '../events/sentence.ts';
import { lightOf, type Moment, shrinkFor, whoOf } from './lane-view.ts';
import './result-panel.css';

const icons: Record<ReturnType<typeof lightOf>, ReactNode> = {
  good: <CheckCircleFilled />,
  warn: <WarningFilled />,
  bad: <CloseCircleFilled />,
};

/** The newest result as large as it goes: photo, name, class, and the result as colour, icon and word. */
export function ResultPanel({ moment, whichLane }: { moment: Moment; whichLane: boolean }) {
  const { t } = useTranslation('lane-screen');
  const { row, outcome } = moment;
  const { cardholder, event } = row;
  const light = lightOf(moment);
  const passage = isPassage(row);
  // Who was let through but not let in must not stand there in green.
  const stuck = outcome === 'relay-fault';
  const word = stuck
    ? wordOf(outcome, 'passageOutcome', t)
    : passage
      ? resultWord(row, t)
      : t(`other.${event.type}`);
  const name = whoOf(row) ?? t('unknown-person');
  const reason = reasonText(row, t);
  const { direction } = event.data;
  return (
    <div className={`xm-result xm-result-${light}${passage ? '' : ' xm-result-faceless'}`}>
      <p className="xm-hidden" role={light === 'good' ? 'status' : 'alert'}>
        {sentenceOf(row, t)}
      </p>
      {passage && (
        <PersonPhoto photoId={cardholder?.photoId} name={cardholder?.name} size="var(--xm-lane-photo)" />
      )}
      <div className="xm-result-text" aria-hidden>
        <p className="xm-result-word" style={fitting(word, 9)}>
          {icons[light]}
          <span>{word}</span>
        </p>
        {name && (
          <p className="xm-result-name" style={fitting(name, 22)}>
            {name}
          </p>
        )}
        {cardholder && (
          <p className="xm-result-unit">
            {cardholder.unit ?? t(`words:cardholderKind.${cardholder.kind}`)}
            {direction === 'in' || direction === 'out' ? (
              <span className="xm-result-way">
                {direction === 'out' ? <LogoutOutlined /> : <LoginOutlined />}
                {wordOf(direction, 'direction', t)}
              </span>
            ) : null}
          </p>
        )}
        {whichLane && <p className="xm-result-unit">{placeOf(row)}</p>}
        {reason && <p className="xm-result-reason">{reason}</p>}
        {outcome && !stuck && !['entered', 'assumed'].includes(outcome) && (
          <p className="xm-result-reason">{wordOf(outcome, 'passageOutcome', t)}</p>
        )}
      </div>
    </div>
  );
}

function fitting(text: string, fits: number): CSSProperties {
  return { '--xm-fit': shrinkFor(text, fits) } as CSSProperties;
}
