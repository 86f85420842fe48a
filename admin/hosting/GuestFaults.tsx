import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RouteAnswer } from '../../server/contract/route.ts';
import type { Routes } from '../../server/contract/routes.ts';
import { guestFields } from './guest-list.ts';

type Fault = RouteAnswer<Routes['visits.invite-group']>['faults'][number];

/** What is wrong with a list of guests, line by line as the spreadsheet counts them. */
export function GuestFaults({ faults }: { faults: readonly Fault[] }) {
  const { t } = useTranslation('hosting');
  if (faults.length === 0) return null;
  const wordsOf = ({ line, field, fault }: Fault) => {
    if (fault !== 'field') return t(`group.fault.${fault}`, { line });
    const known = guestFields.find((each) => each === field);
    return known ? t(`group.fault.${known}`, { line }) : t('group.fault.line', { line });
  };
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={t('group.bad', { count: faults.length })}
      description={
        <ul className="xm-guest-faults">
          {faults.map((fault) => (
            <li key={`${fault.line} ${fault.field ?? fault.fault}`}>{wordsOf(fault)}</li>
          ))}
        </ul>
      }
    />
  );
}
