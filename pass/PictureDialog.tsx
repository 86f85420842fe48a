import { useEffect, useRef, useState } from 'react';
import type { PassPage } from '../server/contract/passes.ts';
import type { Language } from '../server/contract/words.ts';
import { drawPass } from './picture.ts';
import { fill, texts } from './texts.ts';

/** The picture itself, to be held: browsers inside of messengers save no file. */
export function PictureDialog({
  page,
  token,
  language,
  onClose,
}: {
  page: PassPage;
  token: string;
  language: Language;
  onClose: () => void;
}) {
  const t = texts[language];
  const dialog = useRef<HTMLDialogElement>(null);
  // Drawn once: the picture must not change under the finger that holds it.
  const [picture] = useState(() => drawPass(page, token, language));
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} aria-label={t.picture.title} onClose={onClose}>
      <p>{t.picture.hint}</p>
      <img src={picture} alt={t.picture.title} />
      <div className="acts">
        <a className="act" href={picture} download={`${fill(t.picture.file, { number: page.number })}.png`}>
          {t.picture.save}
        </a>
        <button type="button" onClick={() => dialog.current?.close()}>
          {t.picture.close}
        </button>
      </div>
    </dialog>
  );
}
