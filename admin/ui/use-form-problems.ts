import type { FormInstance } from 'antd';
import { useState } from 'react';
import { useFieldProblems, useProblemText } from '../api.ts';

/**
 * Shows what the server refused where it belongs: at its field; what belongs to no field is returned as `general`, to
 * stand above the form.
 */
export function useFormProblems<V>(form: FormInstance<V>): {
  general: string | undefined;
  clear: () => void;
  show: (error: unknown) => void;
} {
  const text = useProblemText();
  const fields = useFieldProblems();
  const [general, setGeneral] = useState<string>();
  return {
    general,
    clear: () => setGeneral(undefined),
    show: (error) => {
      const known = fields(error).filter(({ name }) => form.getFieldInstance(name as never));
      form.setFields(known as Parameters<typeof form.setFields>[0]);
      const [first] = known;
      if (first) form.focusField(first.name as never);
      else setGeneral(text(error));
    },
  };
}
