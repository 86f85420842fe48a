import { useTranslation } from 'react-i18next';
import { idKind } from '../../server/contract/visit-words.ts';
import { Ways } from '../ui/Buttons.tsx';
import { CardHint } from '../ui/CardHint.tsx';
import { DigitField } from '../ui/DigitField.tsx';
import { TextField } from '../ui/Field.tsx';
import { Frame } from '../ui/Frame.tsx';
import { useFields } from './use-fields.ts';

export function Person() {
  const { t } = useTranslation();
  const { draft, asked, set, of } = useFields();
  const expected = draft.expected !== undefined;
  return (
    <Frame title={t('person.title')} foot={<Ways next={t('next')} />}>
      <CardHint />
      <div className="k-form">
        {expected ? null : (
          <TextField first {...of('name')} value={draft.name} onChange={(name) => set({ name })} />
        )}
        {asked.organisation ? (
          <TextField
            {...of('organisation')}
            value={draft.organisation}
            onChange={(organisation) => set({ organisation })}
          />
        ) : null}
        {asked.phone ? (
          <DigitField
            {...of('phone')}
            value={draft.phone}
            length={16}
            extra="+"
            onChange={(phone) => set({ phone })}
          />
        ) : null}
        {asked.idNumber ? <IdNumber /> : null}
      </div>
    </Frame>
  );
}

function IdNumber() {
  const { t } = useTranslation();
  const { draft, set, of } = useFields();
  const { idKind: kind, idNumber } = draft;
  return (
    <fieldset className="k-group">
      <legend>{t('person.id-kind')}</legend>
      <div className="k-chips">
        {idKind.options.map((each) => (
          <button
            key={each}
            type="button"
            className="k-chip"
            aria-pressed={each === kind}
            onClick={() => set({ idKind: each, idNumber: '' })}
          >
            {t(`id-kind.${each}`)}
          </button>
        ))}
      </div>
      {kind === 'resident-id' ? (
        <DigitField
          {...of('idNumber')}
          value={idNumber}
          length={18}
          extra="X"
          hint={t('person.id-hint', { count: idNumber.length })}
          onChange={(value) => set({ idNumber: value })}
        />
      ) : (
        <TextField
          {...of('idNumber')}
          value={idNumber}
          maxLength={100}
          hint={t('person.mrz-hint')}
          onChange={(value) => set({ idNumber: value.toUpperCase() })}
        />
      )}
    </fieldset>
  );
}
