import { useState } from 'react';

/** What this desk chose last, kept on this browser; a browser that keeps nothing asks again. */
export function useRemembered(name: string, first: string): [string, (value: string) => void] {
  const key = `xiaomen.desk.${name}`;
  const [value, setValue] = useState(() => {
    try {
      return localStorage.getItem(key) ?? first;
    } catch {
      return first;
    }
  });
  return [
    value,
    (next) => {
      setValue(next);
      try {
        localStorage.setItem(key, next);
      } catch {
        // Chosen for this time alone.
      }
    },
  ];
}
