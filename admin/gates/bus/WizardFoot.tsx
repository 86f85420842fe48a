import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** The foot of a step in which the reader is set up already: not to keep it, and what comes next. */
export function WizardFoot({ onGiveUp, children }: { onGiveUp: () => void; children: ReactNode }) {
  const { t } = useTranslation('gates');
  return (
    <div className="xm-drawer-foot">
      <Button danger className="xm-foot-start" onClick={onGiveUp}>
        {t('bus.wizard.give-up')}
      </Button>
      {children}
    </div>
  );
}
