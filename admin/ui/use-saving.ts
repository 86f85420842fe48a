import type { FormInstance } from 'antd';
import { App } from 'antd';
import { useFieldProblems, useProblemText } from '../api.ts';

/**
 * Runs a save and shows what went wrong where it belongs: at the field that the server named, else as a message.
 * `onSaved` runs only after success.
 */
export function useSaving<V>(
  form?: FormInstance<V>,
): (save: () => Promise<unknown>, onSaved?: () => void) => Promise<void> {
  const { message } = App.useApp();
  const text = useProblemText();
  const fields = useFieldProblems();
  return async (save, onSaved) => {
    try {
      await save();
    } catch (error) {
      const known = form ? fields(error).filter(({ name }) => form.getFieldInstance(name as never)) : [];
      if (form && known.length > 0) form.setFields(known as Parameters<typeof form.setFields>[0]);
      else void message.error(text(error));
      return;
    }
    onSaved?.();
  };
}
