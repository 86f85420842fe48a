import { useTranslation } from 'react-i18next';
import { TextField } from '../ui/Field.tsx';
import { useFields } from './use-fields.ts';

/** As the contract has it. */
const most = 30;

export function Companions() {
  const { t } = useTranslation();
  const { draft, set, of } = useFields();
  const { companions } = draft;
  const { label, fault, optional } = of('companions');
  const change = (at: number, name: string) => set({ companions: companions.with(at, name) });
  return (
    <fieldset className="k-group">
      <legend>
        {label}
        {optional ? <span className="k-optional">{t('optional')}</span> : null}
      </legend>
      {companions.map((name, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a companion has nothing but a place in the list
        <div className="k-companion" key={at}>
          <TextField
            first={name === '' && at === companions.length - 1}
            label={t('visit.companion', { count: at + 1 })}
            value={name}
            onChange={(value) => change(at, value)}
          />
          <button
            type="button"
            className="k-button"
            aria-label={t('visit.remove-companion', { count: at + 1 })}
            onClick={() => set({ companions: companions.toSpliced(at, 1) })}
          >
            ×
          </button>
        </div>
      ))}
      {fault ? (
        <p className="k-field-fault" role="alert">
          {fault}
        </p>
      ) : null}
      {companions.length < most ? (
        <button type="button" className="k-button" onClick={() => set({ companions: [...companions, ''] })}>
          {t('visit.add-companion')}
        </button>
      ) : null}
    </fieldset>
  );
}
