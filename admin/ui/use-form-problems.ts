import type { FormInstance } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../api.ts';
import { fieldFaults } from '../problems.ts';

/**
 * Shows what the server refused where it belongs: at its field, with the sentence given for that field; what belongs
 * to no field is returned as `general`, to stand above the form.
 */
export function useFormProblems<V>(
  form: FormInstance<V>,
  sentences: Readonly<Record<string, string>>,
): { general: string | undefined; clear: () => void; show: (error: unknown) => void } {
  const { t } = useTranslation('common');
  const text = useProblemText();
  const [general, setGeneral] = useState<string>();
  return {
    general,
    clear: () => setGeneral(undefined),
    show: (error) => {
      const known = fieldFaults(error).filter(({ path }) => form.getFieldInstance(path as never));
      form.setFields(
        known.map(({ path }) => ({
          name: path,
          errors: [sentences[path.join('.')] ?? t('field.refused')],
        })) as Parameters<typeof form.setFields>[0],
      );
      const [first] = known;
      if (first) form.focusField(first.path as never);
      else setGeneral(text(error));
    },
  };
}
