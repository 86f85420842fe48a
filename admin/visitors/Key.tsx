import { useTouch } from '../ui/use-media.ts';

/** The key that does the same; told to eyes alone, where there is a keyboard. */
export function Key({ of }: { of: string }) {
  return useTouch() ? null : (
    <kbd className="xm-key-cap" aria-hidden>
      {of}
    </kbd>
  );
}
