/** A field that is signed with a finger, a pen or a mouse. */
import { type RefObject, useEffect, useRef } from 'react';
import SignaturePad from 'signature_pad';

const ink = '#10222f';

/** @param onSigned of the whole field after each stroke; undefined once it is empty again. The same function each time. */
export function useSignature(onSigned: (signature: Blob | undefined) => void): {
  canvas: RefObject<HTMLCanvasElement | null>;
  /** For hands that cannot draw: the name, written out. */
  byName(name: string): void;
  clear(): void;
} {
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
    const made = new SignaturePad(board, { minWidth: 1.5, maxWidth: 4, penColor: ink });
    pad.current = made;
    made.addEventListener('endStroke', () => onSigned(pngOf(board)));
    return () => {
      made.clear();
      made.off();
    };
  }, [onSigned]);

  return {
    canvas,
    byName(name) {
      const board = canvas.current;
      const pen = board?.getContext('2d');
      if (!board || !pen) return;
      pad.current?.clear();
      const { offsetWidth, offsetHeight } = board;
      pen.font = `italic ${Math.min(56, offsetHeight / 2)}px ${getComputedStyle(board).fontFamily}`;
      pen.fillStyle = ink;
      pen.textBaseline = 'middle';
      pen.fillText(name.trim(), 24, offsetHeight / 2, offsetWidth - 48);
      onSigned(pngOf(board));
    },
    clear() {
      pad.current?.clear();
      onSigned(undefined);
    },
  };
}

/** At once, not by a callback: whoever presses on right after the last stroke has signed. */
function pngOf(board: HTMLCanvasElement): Blob {
  const [, base64 = ''] = board.toDataURL('image/png').split(',');
  const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
  return new Blob([bytes], { type: 'image/png' });
}
