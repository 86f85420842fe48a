import { useTranslation } from 'react-i18next';
import type { CampusTree } from './campus-tree.ts';

/** Lanes for a choice, each with its gate, in the order of the gates. */
export function useLaneOptions(tree: CampusTree | undefined): { value: string; label: string }[] {
  const { t } = useTranslation('campus');
  return (tree?.gates ?? []).flatMap(({ gate, lanes }) =>
    lanes.map(({ lane }) => ({
      value: lane.id,
      label: t('lane-of-gate', { gate: gate.name, lane: lane.name }),
    })),
  );
}
