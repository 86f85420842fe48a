import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useKiosk } from '../context.ts';
import { countdown, isAsking } from '../flow/idle.ts';

/** Nobody has touched the screen: it says so before it forgets. A result shows its own time. */
export function Countdown() {
  const { flow, tell } = useKiosk();
  const left = countdown(flow);
  const shown = isAsking(flow);
  const dialog = useRef<HTMLDialogElement>(null);
  const { t } = useTranslation();
  useEffect(() => {
    if (shown) dialog.current?.showModal();
    else dialog.current?.close();
  }, [shown]);
  return (
    <dialog
      ref={dialog}
      className="k-dialog"
      aria-labelledby="still-there"
      onCancel={(e) => e.preventDefault()}
    >
      <h2 id="still-there">{t('idle.title')}</h2>
      <p className="k-seconds" role="timer">
        {t('idle.seconds', { count: left ?? 0 })}
      </p>
      <p>{t(flow.guard ? 'idle.guard-text' : 'idle.text')}</p>
      <div className="k-foot">
        <button type="button" className="k-button" onClick={() => tell({ type: 'cancel' })}>
          {t(flow.guard ? 'guard.sign-out' : 'idle.end')}
        </button>
        <button
          type="button"
          className="k-button k-primary"
          onClick={() => tell({ type: 'more-time', now: Date.now() })}
        >
          {t('idle.more')}
        </button>
      </div>
    </dialog>
  );
}
