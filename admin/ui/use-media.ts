import { useSyncExternalStore } from 'react';

/** Whether the window is a phone's: narrower than `below` pixels. */
export function useNarrow(below = 768): boolean {
  return useMedia(`(max-width: ${below - 0.02}px)`);
}

/** Whether fingers are likely: on a phone, or on a screen that is touched. */
export function useTouch(): boolean {
  return useMedia('(pointer: coarse), (max-width: 899.98px)');
}

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => matchMedia(query).matches,
  );
}
