import { useTranslation } from 'react-i18next';
import { contrast, leastContrast, passColours } from '../../parts/badge/pass-colours.ts';
import type { VisitorType } from '../../server/contract/visitor-types.ts';
import { StatusTag } from '../ui/StatusTag.tsx';

/** How pass and badge look: in colour, and on thermal paper, which has one. */
export function PassPreview({ names, colour, escort }: Pick<VisitorType, 'names' | 'colour' | 'escort'>) {
  const { t } = useTranslation('visitor-types');
  const background = passColours[colour];
  const ratio = contrast(background, '#ffffff');
  return (
    <figure className="xm-type-preview" aria-label={t('preview.title')}>
      <Badge names={names} escort={escort} background={background} />
      <Badge names={names} escort={escort} background="#000000" />
      <figcaption>
        <StatusTag tone={ratio >= leastContrast ? 'good' : 'bad'}>
          {t(ratio >= leastContrast ? 'preview.contrast' : 'preview.too-little', {
            ratio: (Math.floor(ratio * 10) / 10).toFixed(1),
          })}
        </StatusTag>
        <p className="xm-soft">{t('preview.thermal')}</p>
      </figcaption>
    </figure>
  );
}

function Badge({
  names,
  escort,
  background,
}: Pick<VisitorType, 'names' | 'escort'> & { background: string }) {
  const { t } = useTranslation('visitor-types');
  return (
    <div className="xm-type-badge">
      <p className="xm-type-band" style={{ background }}>
        {names['zh-CN'] || '…'} <span lang="en">{names.en || '…'}</span>
      </p>
      <p className="xm-type-visitor">{t('preview.visitor')}</p>
      {escort && <p>{t('preview.escort')}</p>}
    </div>
  );
}
