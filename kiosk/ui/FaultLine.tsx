import { useTranslation } from 'react-i18next';
import { useKiosk } from '../context.ts';

export function FaultLine() {
  const { flow } = useKiosk();
  const { t } = useTranslation();
  return flow.fault ? (
    <p className="k-fault" role="alert">
      {t(`fault.${flow.fault}`)}
    </p>
  ) : null;
}
