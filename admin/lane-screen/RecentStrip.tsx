import { UnlockOutlined, WarningFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { PersonPhoto } from '../campus/PersonPhoto.tsx';
import { isPassage, reasonText, resultWord, toneOf } from '../events/sentence.ts';
import { StatusTag } from '../ui/StatusTag.tsx';
import { Time } from '../ui/Time.tsx';
import { isBad, type LaneView, whoOf } from './lane-view.ts';
import './recent-strip.css';

/** The last five, so that a face that went by can be looked at again. */
export function RecentStrip({ moments, whichLane }: { moments: LaneView; whichLane: boolean }) {
  const { t } = useTranslation('lane-screen');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls on a phone, so a keyboard must reach it
    <section className="xm-recent" aria-label={t('recent')} tabIndex={0}>
      {moments.length === 0 && <p className="xm-soft xm-recent-none">{t('none-yet')}</p>}
      <ol>
        {moments.map((moment) => {
          const { row } = moment;
          const word = isPassage(row) ? resultWord(row, t) : t(`other.${row.event.type}`);
          return (
            <li key={row.event.seq} className={isBad(moment) ? 'xm-recent-bad' : undefined}>
              <PersonPhoto
                photoId={row.cardholder?.photoId}
                name={row.cardholder?.name}
                size={60}
                {...(!isPassage(row) && { icon: isBad(moment) ? <WarningFilled /> : <UnlockOutlined /> })}
              />
              <span className="xm-recent-text">
                <strong>{whoOf(row) ?? t('unknown-person')}</strong>
                <span className="xm-recent-line">
                  <StatusTag tone={toneOf(row)}>{word}</StatusTag>
                  <Time at={row.event.at} style="clock" />
                </span>
                <span className="xm-recent-why xm-soft">
                  {[whichLane && row.lane, reasonText(row, t) || row.cardholder?.unit]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
