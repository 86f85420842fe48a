import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useKiosk } from '../context.ts';

/** Back and on: at the same place on every screen. */
export function Ways({ next, onNext, back = true }: { next?: string; onNext?: () => void; back?: boolean }) {
  const { flow, tell } = useKiosk();
  const { t } = useTranslation();
  const busy = flow.ask !== undefined;
  const pressed = useRef(false);
  // Where something is wrong, one is brought to the first of it.
  useEffect(() => {
    if (pressed.current) document.querySelector<HTMLElement>('main [aria-invalid="true"]')?.focus();
    pressed.current = false;
  });
  return (
    <>
      {back ? (
        <button type="button" className="k-button" onClick={() => tell({ type: 'back' })}>
          {t('back')}
        </button>
      ) : null}
      <button type="button" className="k-button" onClick={() => tell({ type: 'cancel' })}>
        {t('cancel')}
      </button>
      {next ? (
        <button
          type="button"
          className="k-button k-primary"
          aria-disabled={busy}
          onClick={() => {
            pressed.current = true;
            if (onNext) onNext();
            else tell({ type: 'next' });
          }}
        >
          {busy ? t('busy') : next}
        </button>
      ) : null}
    </>
  );
}

/** A large choice: a picture, a word, a line that explains. */
export function Tile({
  word,
  line,
  children,
  colour,
  onClick,
}: {
  word: string;
  line?: string;
  children?: ReactNode;
  /** Of a pass. */
  colour?: string;
  onClick: () => void;
}) {
  return (
    <button type="button" className="k-tile" data-colour={colour} onClick={onClick}>
      {children}
      <span className="k-tile-word">{word}</span>
      {line ? <span className="k-tile-line">{line}</span> : null}
    </button>
  );
}
