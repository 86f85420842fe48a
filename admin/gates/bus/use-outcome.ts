import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ReaderOutcome } from '../../../server/contract/readers.ts';

/** Tells what came of a command to a reader. */
export function useOutcome(): (result: { outcome: ReaderOutcome }) => void {
  const { t } = useTranslation('gates');
  const { message } = App.useApp();
  return ({ outcome }) => {
    const text = t(`bus.outcome.${outcome}`);
    void (outcome === 'done' ? message.success(text) : message.warning(text, 8));
  };
}
