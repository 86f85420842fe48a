import { useTranslation } from 'react-i18next';
import type { VisitField } from '../../server/contract/visit-words.ts';
import { useKiosk } from '../context.ts';
import { askedOf } from '../flow/draft.ts';
import { faultsOf, typeOf } from '../flow/flow.ts';
import type { Draft } from '../flow/words.ts';

/** For a screen of fields: which are asked, what is told of each, and how to write one. */
export function useFields() {
  const { flow, tell } = useKiosk();
  const { t } = useTranslation();
  const asked = askedOf(flow.draft, typeOf(flow));
  const faults = faultsOf(flow);
  const set = (draft: Partial<Draft>) => tell({ type: 'filled', draft });
  return {
    draft: flow.draft,
    asked,
    set,
    /** What every field of this name is given. */
    of(field: VisitField | 'name') {
      const fault = flow.told.includes(field) ? faults[field] : undefined;
      return {
        label: t(`field.${field}`),
        optional: field !== 'name' && asked[field] === 'optional',
        fault: fault && t(`field-fault.${fault}`),
        // An empty field is no mistake until one goes on.
        onLeave: () => {
          if (faults[field] !== undefined && faults[field] !== 'missing') tell({ type: 'left-field', field });
        },
      };
    },
    faultOf(field: 'photo' | 'signature' | 'notice') {
      const fault = flow.told.includes(field) ? faults[field] : undefined;
      return fault && t(`field-fault.${fault}`);
    },
  };
}
