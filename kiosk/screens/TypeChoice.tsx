import { useTranslation } from 'react-i18next';
import { useKiosk } from '../context.ts';
import { Tile, Ways } from '../ui/Buttons.tsx';
import { CardHint } from '../ui/CardHint.tsx';
import { Frame } from '../ui/Frame.tsx';

export function TypeChoice() {
  const { flow, tell } = useKiosk();
  const { t } = useTranslation();
  const known = flow.draft.visitorId !== undefined;
  const types = flow.site?.types ?? [];
  return (
    <Frame title={t('type.title')} foot={<Ways />}>
      <CardHint />
      {types.length === 0 ? <p className="k-card">{t('type.none')}</p> : null}
      <div className="k-tiles k-types">
        {types.map(({ id, names, colour }) => (
          <Tile
            key={id}
            word={names[flow.language]}
            colour={colour}
            onClick={() => tell({ type: 'chose', typeId: id })}
          />
        ))}
      </div>
      {known ? null : (
        <button type="button" className="k-button k-wide" onClick={() => tell({ type: 'been-here' })}>
          {t('type.been-here')}
        </button>
      )}
    </Frame>
  );
}
