import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKiosk } from '../context.ts';
import { Ways } from '../ui/Buttons.tsx';
import { DigitField } from '../ui/DigitField.tsx';
import { Frame } from '../ui/Frame.tsx';

export function GuardPin() {
  const { flow, tell } = useKiosk();
  const { t } = useTranslation();
  const [pin, setPin] = useState('');
  const [tried, setTried] = useState(false);
  useEffect(() => {
    if (flow.fault) setPin('');
  }, [flow.fault]);
  const send = () => {
    setTried(true);
    if (pin.length >= 6) tell({ type: 'guard-pin', pin });
  };
  return (
    <Frame
      title={t('guard.pin-title')}
      lead={t('guard.pin-lead')}
      foot={<Ways back={false} next={t('guard.sign-in')} onNext={send} />}
    >
      <div className="k-form">
        <DigitField
          first
          open
          secret
          wide
          label={t('guard.pin')}
          value={pin}
          length={8}
          onChange={(typed) => {
            setTried(false);
            setPin(typed);
          }}
          onEnter={send}
          fault={tried && pin.length < 6 && !flow.fault ? t('guard.pin-digits') : undefined}
        />
      </div>
    </Frame>
  );
}
