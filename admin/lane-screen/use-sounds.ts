import { useEffect, useRef, useState } from 'react';
import { openSounds, type Sounds, type Tone } from './sounds.ts';

/** `silent` until somebody presses: the browser wants it so. */
export type SoundState = 'silent' | 'on' | 'muted';

export function useSounds(): { state: SoundState; toggle: () => void; play: (tone: Tone) => void } {
  const sounds = useRef<Sounds>(null);
  const [state, setState] = useState<SoundState>('silent');
  useEffect(() => {
    const opened = openSounds();
    sounds.current = opened;
    return () => {
      sounds.current = null;
      opened.close();
    };
  }, []);
  return {
    state,
    play: (tone) => {
      if (state === 'on') sounds.current?.play(tone);
    },
    toggle: () => {
      if (state === 'on') {
        setState('muted');
        return;
      }
      void sounds.current?.enable().then((heard) => {
        if (!heard) return;
        setState('on');
        sounds.current?.play('granted');
      });
    },
  };
}
