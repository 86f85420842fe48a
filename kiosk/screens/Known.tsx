import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKiosk } from '../context.ts';
import type { Known as Found } from '../flow/words.ts';
import { Ways } from '../ui/Buttons.tsx';
import { CardHint } from '../ui/CardHint.tsx';
import { DigitField } from '../ui/DigitField.tsx';
import { TextField } from '../ui/Field.tsx';
import { Frame } from '../ui/Frame.tsx';

/** Who was here before says the name and the end of the telephone number, and fills in no more of themselves. */
export function Known() {
  const { flow, tell } = useKiosk();
  const { t } = useTranslation();
  const { name, lastDigits } = flow.draft;
  const [tried, setTried] = useState(false);
  const find = () => {
    setTried(true);
    tell({ type: 'look-up' });
  };
  return (
    <Frame
      title={t('known.title')}
      lead={t('known.lead')}
      foot={<Ways next={t('known.find')} onNext={find} />}
    >
      <CardHint />
      <div className="k-form">
        <TextField
          first
          label={t('field.name')}
          value={name}
          onChange={(value) => tell({ type: 'filled', draft: { name: value } })}
          fault={tried && !name.trim() ? t('field-fault.missing') : undefined}
        />
        <DigitField
          label={t('known.last-digits')}
          value={lastDigits}
          length={4}
          onChange={(value) => {
            tell({ type: 'filled', draft: { lastDigits: value } });
            if (value.length === 4) tell({ type: 'look-up' });
          }}
          fault={tried && lastDigits.length < 4 ? t('field-fault.four-digits') : undefined}
        />
      </div>
      {flow.fault === 'not-known' ? (
        <button type="button" className="k-button k-wide" onClick={() => tell({ type: 'not-me' })}>
          {t('known.first-time')}
        </button>
      ) : null}
    </Frame>
  );
}

export function IsItYou({ found }: { found: Found }) {
  const { tell } = useKiosk();
  const { t } = useTranslation();
  const rows = [
    ['name', found.name],
    ['phone', found.phone],
    ['organisation', found.organisation],
    ['idNumber', found.idNumber],
  ] as const;
  return (
    <Frame
      title={t('known.is-it-you')}
      foot={
        <>
          <button type="button" className="k-button" onClick={() => tell({ type: 'not-me' })}>
            {t('known.no')}
          </button>
          <button type="button" className="k-button k-primary" onClick={() => tell({ type: 'it-is-me' })}>
            {t('known.yes')}
          </button>
        </>
      }
    >
      <dl className="k-card k-facts">
        {rows.map(([field, value]) =>
          value ? (
            <div key={field}>
              <dt>{t(`field.${field}`)}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </Frame>
  );
}
