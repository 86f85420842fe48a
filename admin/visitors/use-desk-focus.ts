import { type RefObject, useEffect } from 'react';

/** Where somebody types, or opens a list. */
const typedInto = 'input, textarea, select, [contenteditable="true"], [role="combobox"], a[href]';

/**
 * Keeps the focus on the guard's one field: it comes back after each press of a button, and whatever is typed goes
 * there, so that a scanner never types into nothing. Whoever walks by Tab is left alone, and so is an open dialog.
 */
export function useDeskFocus(field: RefObject<{ focus(): void } | null>, paused: boolean): void {
  useEffect(() => {
    if (paused) return;
    field.current?.focus();
    const isElsewhere = (target: EventTarget | null) =>
      target instanceof Element && target.closest(typedInto) !== null;
    const pressed = ({ target, detail }: MouseEvent) => {
      // `detail` is 0 where a key pressed the button: the walk goes on from there.
      if (detail > 0 && !isElsewhere(target)) field.current?.focus();
    };
    const typed = ({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent) => {
      const writes = [...key].length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey;
      if (writes && !isElsewhere(target)) field.current?.focus();
    };
    addEventListener('click', pressed);
    addEventListener('keydown', typed, true);
    return () => {
      removeEventListener('click', pressed);
      removeEventListener('keydown', typed, true);
    };
  }, [field, paused]);
}
