import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKiosk } from '../context.ts';
import { Ways } from '../ui/Buttons.tsx';
import { DigitField } from '../ui/DigitField.tsx';
import { Frame } from '../ui/Frame.tsx';

// The decoder is as large as all the rest: the start screen does not wait for it.
const Scanner = lazy(() => import('../camera/Scanner.tsx').then((file) => ({ default: file.Scanner })));

/** A code held to the camera or to the scanner; or the number of the pass. */
export function Code({ by }: { by: 'camera' | 'number' }) {
  const { flow, tell } = useKiosk();
  const { t } = useTranslation();
  const leaving = flow.task === 'sign-out';
  const title = t(leaving ? 'code.leave-title' : 'code.title');
  const other = by === 'camera' ? 'number' : 'camera';
  const change = (
    <button type="button" className="k-button k-wide" onClick={() => tell({ type: 'by', by: other })}>
      {t(`code.by-${other}`)}
    </button>
  );
  if (by === 'number') return <ByNumber title={title} change={change} />;
  return (
    <Frame title={title} lead={t('code.lead')} foot={<Ways back={false} />}>
      <Suspense fallback={<div className="k-camera k-camera-code" />}>
        <Scanner onCode={(text) => tell({ type: 'scanned', text, key: crypto.randomUUID() })} />
      </Suspense>
      {flow.ask ? <p role="status">{t('busy')}</p> : null}
      {change}
    </Frame>
  );
}

function ByNumber({ title, change }: { title: string; change: React.ReactNode }) {
  const { tell } = useKiosk();
  const { t } = useTranslation();
  const [number, setNumber] = useState('');
  const [digits, setDigits] = useState('');
  const [tried, setTried] = useState(false);
  const send = () => {
    setTried(true);
    if (number && digits.length === 4) tell({ type: 'numbered', number, lastDigits: digits });
  };
  return (
    <Frame
      title={title}
      lead={t('code.number-lead')}
      foot={<Ways back={false} next={t('next')} onNext={send} />}
    >
      <div className="k-form">
        <DigitField
          first
          label={t('code.number')}
          value={number}
          length={9}
          onChange={setNumber}
          fault={tried && !number ? t('field-fault.missing') : undefined}
        />
        <DigitField
          label={t('code.last-digits')}
          hint={t('code.last-digits-hint')}
          value={digits}
          length={4}
          onChange={setDigits}
          fault={tried && digits.length < 4 ? t('field-fault.four-digits') : undefined}
        />
      </div>
      {change}
    </Frame>
  );
}
