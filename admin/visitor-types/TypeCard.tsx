import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { passColours } from '../../parts/badge/pass-colours.ts';
import type { VisitorType } from '../../server/contract/visitor-types.ts';
import { currentLanguage } from '../i18n.ts';
import { StatusTag } from '../ui/StatusTag.tsx';
import { useDuration } from './use-duration.ts';

/** One kind of visitors at a glance: its colour, who must agree, how long its pass counts. */
export function TypeCard({ type, onOpen }: { type: VisitorType; onOpen: () => void }) {
  const { t } = useTranslation('visitor-types');
  const duration = useDuration();
  const language = currentLanguage();
  const {
    names,
    colour,
    approvals,
    stayMinutes,
    laneIds,
    offered,
    guardians,
    liveCode,
    escort,
    manyEntries,
  } = type;
  const name = names[language];
  const other = names[language === 'en' ? 'zh-CN' : 'en'];
  const facts = [
    approvals.length === 0
      ? t('card.no-approval')
      : t('card.approvals', { who: approvals.map((word) => t(`words:visitWord.${word}`)).join(' + ') }),
    t('card.stay', { time: duration(stayMinutes) }),
    laneIds === null ? t('card.every-lane') : t('card.lanes', { count: laneIds.length }),
  ];
  const rules = [
    ...(guardians ? ['guardians'] : []),
    ...(manyEntries ? ['many'] : []),
    ...(liveCode ? ['live'] : []),
    ...(escort ? ['escort'] : []),
  ];
  return (
    <li className="xm-card xm-type" style={{ borderInlineStartColor: passColours[colour] }}>
      <div className="xm-type-head">
        <h2>
          {name} <span className="xm-soft">{other}</span>
        </h2>
        {!offered && <StatusTag tone="calm">{t('card.not-offered')}</StatusTag>}
      </div>
      <p>{facts.join(' · ')}</p>
      {rules.length > 0 && <p className="xm-soft">{rules.map((rule) => t(`card.${rule}`)).join(' · ')}</p>}
      <Button aria-label={t('edit-of', { name })} onClick={onOpen}>
        {t('common:edit')}
      </Button>
    </li>
  );
}
