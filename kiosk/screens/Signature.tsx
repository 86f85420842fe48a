import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useSignature } from '../../parts/signature/use-signature.ts';
import { useKiosk } from '../context.ts';

interface Props {
  optional: boolean;
  /** It stands under the notice. */
  agrees: boolean;
  fault: string | undefined;
}

export function Signature({ optional, agrees, fault }: Props) {
  const { flow, tell } = useKiosk();
  const { t } = useTranslation();
  const keep = useCallback(
    (signature: Blob | undefined) => tell({ type: 'filled', draft: { signature } }),
    [tell],
  );
  const { canvas, byName, clear } = useSignature(keep);
  return (
    <section className="k-card" aria-labelledby="signature">
      <h2 id="signature">
        {t('field.signature')}
        {optional ? <span className="k-optional">{t('optional')}</span> : null}
      </h2>
      <p className={agrees ? 'k-strong' : 'k-hint'}>
        {t(agrees ? 'confirm.sign-agrees' : 'confirm.sign-here')}
      </p>
      <canvas ref={canvas} className="k-signature" role="img" aria-label={t('confirm.sign-here')} />
      {fault ? (
        <p className="k-field-fault" role="alert">
          {fault}
        </p>
      ) : null}
      <div className="k-chips">
        <button type="button" className="k-button" aria-disabled={!flow.draft.signature} onClick={clear}>
          {t('confirm.sign-again')}
        </button>
        <button type="button" className="k-button" onClick={() => byName(flow.draft.name)}>
          {t('confirm.sign-by-name')}
        </button>
      </div>
    </section>
  );
}
