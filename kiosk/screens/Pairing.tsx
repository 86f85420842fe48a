import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKiosk } from '../context.ts';
import { TextField } from '../ui/Field.tsx';
import { Frame } from '../ui/Frame.tsx';

export function Pairing() {
  const { flow, tell } = useKiosk();
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const pair = () => {
    if (code.trim()) tell({ type: 'pair', code: code.trim() });
  };
  return (
    <Frame
      title={t('pairing.title')}
      lead={t('pairing.lead')}
      foot={
        <button
          type="button"
          className="k-button k-primary"
          aria-disabled={flow.ask !== undefined}
          onClick={pair}
        >
          {flow.ask ? t('busy') : t('pairing.pair')}
        </button>
      }
    >
      <div className="k-form">
        <TextField
          label={t('pairing.code')}
          value={code}
          maxLength={20}
          onChange={setCode}
          onEnter={pair}
          wide
        />
      </div>
    </Frame>
  );
}
