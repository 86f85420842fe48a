import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import SignaturePad from 'signature_pad';
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
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad>(null);

  useEffect(() => {
    const board = canvas.current;
    if (!board) return;
    const { offsetWidth, offsetHeight } = board;
    const ratio = Math.max(devicePixelRatio, 1);
    board.width = offsetWidth * ratio;
    board.height = offsetHeight * ratio;
    board.getContext('2d')?.scale(ratio, ratio);
    const made = new SignaturePad(board, { minWidth: 1.5, maxWidth: 4, penColor: '#10222f' });
    pad.current = made;
    made.addEventListener('endStroke', () => tell({ type: 'filled', draft: { signature: pngOf(board) } }));
    return () => {
      made.clear();
      made.off();
    };
  }, [tell]);

  /** For hands that cannot draw: the name, written out. */
  const byName = () => {
    const board = canvas.current;
    const pen = board?.getContext('2d');
    if (!board || !pen) return;
    pad.current?.clear();
    pen.font = `italic 56px ${getComputedStyle(board).fontFamily}`;
    pen.fillStyle = '#10222f';
    pen.textBaseline = 'middle';
    pen.fillText(flow.draft.name.trim(), 24, board.offsetHeight / 2, board.offsetWidth - 48);
    tell({ type: 'filled', draft: { signature: pngOf(board) } });
  };
  const clear = () => {
    pad.current?.clear();
    tell({ type: 'filled', draft: { signature: undefined } });
  };
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
        <button type="button" className="k-button" onClick={byName}>
          {t('confirm.sign-by-name')}
        </button>
      </div>
    </section>
  );
}

/** At once, not by a callback: whoever presses on right after the last stroke has signed. */
function pngOf(board: HTMLCanvasElement): Blob {
  const [, base64 = ''] = board.toDataURL('image/png').split(',');
  const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
  return new Blob([bytes], { type: 'image/png' });
}
