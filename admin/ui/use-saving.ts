import type { FormInstance } from 'antd';
import { useFieldProblems } from '../api.ts';
import { useTellProblem } from './use-tell-problem.ts';

/**
 * Runs a save and shows what went wrong where it belongs: at the field that the server named, else as a message.
 * `onSaved` runs only after success.
 */
export function useSaving<V>(
  form?: FormInstance<V>,
): (save: () => Promise<unknown>, onSaved?: () => void) => Promise<void> {
  const tell = useTellProblem();
  const fields = useFieldProblems();
  return async (save, onSaved) => {
    try {
      await save();
    } catch (error) {
      const known = form ? fields(error).filter(({ name }) => form.getFieldInstance(name as never)) : [];
      if (form && known.length > 0) form.setFields(known as Parameters<typeof form.setFields>[0]);
      else tell(error);
      return;
    }
    onSaved?.();
  };
}
