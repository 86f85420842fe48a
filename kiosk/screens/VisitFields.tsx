import { useTranslation } from 'react-i18next';
import { Ways } from '../ui/Buttons.tsx';
import { Chips } from '../ui/Chips.tsx';
import { TextField } from '../ui/Field.tsx';
import { Frame } from '../ui/Frame.tsx';
import { Companions } from './Companions.tsx';
import { HostSearch } from './HostSearch.tsx';
import { useFields } from './use-fields.ts';

export function VisitFields() {
  const { t } = useTranslation();
  const { draft, asked, set, of } = useFields();
  const purposes = t('visit.purposes', { returnObjects: true }) as string[];
  return (
    <Frame title={t('visit.title')} foot={<Ways next={t('next')} />}>
      <div className="k-form">
        {asked.host ? <HostSearch first {...of('host')} wide={!asked.department} /> : null}
        {asked.department ? (
          <TextField
            {...of('department')}
            value={draft.department}
            onChange={(department) => set({ department })}
          />
        ) : null}
        {asked.purpose ? (
          <fieldset className="k-group">
            <legend className="k-unseen">{t('field.purpose')}</legend>
            <TextField
              {...of('purpose')}
              value={draft.purpose}
              maxLength={200}
              onChange={(purpose) => set({ purpose })}
            />
            <Chips words={purposes} chosen={draft.purpose} choose={(purpose) => set({ purpose })} />
          </fieldset>
        ) : null}
        {asked.plate ? (
          <TextField
            {...of('plate')}
            value={draft.plate}
            maxLength={12}
            hint={t('visit.plate-hint')}
            onChange={(plate) => set({ plate: plate.toUpperCase() })}
          />
        ) : null}
        {asked.items ? (
          <TextField
            {...of('items')}
            value={draft.items}
            maxLength={300}
            hint={t('visit.items-hint')}
            onChange={(items) => set({ items })}
          />
        ) : null}
        {asked.companions ? <Companions /> : null}
      </div>
    </Frame>
  );
}
