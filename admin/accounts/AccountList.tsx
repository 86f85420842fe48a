import { useTranslation } from 'react-i18next';
import type { Account } from '../../server/contract/accounts.ts';
import { useSession } from '../session.tsx';
import { StatusTag } from '../ui/StatusTag.tsx';
import { Time } from '../ui/Time.tsx';
import { useNarrow } from '../ui/use-media.ts';
import { useZone } from '../ui/zone.tsx';
import { AccountActions } from './AccountActions.tsx';
import type { Shown } from './ShownOnce.tsx';

/** Active accounts first, then by name; a table, or cards on a phone. */
export function AccountList({
  accounts,
  onTemporary,
}: {
  accounts: readonly Account[];
  onTemporary: (shown: Shown) => void;
}) {
  const { t } = useTranslation('accounts');
  const own = useSession()?.account.id;
  const narrow = useNarrow(900);
  const sorted = [...accounts].sort(
    (a, b) => Number(a.suspended) - Number(b.suspended) || a.name.localeCompare(b.name),
  );
  const actions = (account: Account) =>
    account.id === own ? (
      <span className="xm-soft">{t('own')}</span>
    ) : (
      <AccountActions account={account} onTemporary={onTemporary} />
    );
  if (narrow)
    return (
      <ul className="xm-accounts">
        {sorted.map((account) => (
          <li key={account.id} className="xm-card">
            <div className="xm-account-top">
              <Name account={account} />
              <State account={account} />
            </div>
            <p className="xm-account-line">
              {t(`words:role.${account.role}`)}
              <span className="xm-soft">
                {t('column.last')}: <LastSignIn account={account} />
              </span>
            </p>
            {actions(account)}
          </li>
        ))}
      </ul>
    );
  return (
    <div className="xm-card xm-accounts-frame">
      <table className="xm-accounts-table">
        <thead>
          <tr>
            <th scope="col">{t('column.name')}</th>
            <th scope="col">{t('column.role')}</th>
            <th scope="col">{t('column.state')}</th>
            <th scope="col">{t('column.last')}</th>
            <th scope="col">
              <span className="xm-hidden">{t('column.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((account) => (
            <tr key={account.id}>
              <td>
                <Name account={account} />
              </td>
              <td>{t(`words:role.${account.role}`)}</td>
              <td>
                <State account={account} />
              </td>
              <td>
                <LastSignIn account={account} />
              </td>
              <td className="xm-accounts-actions">{actions(account)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Name({ account }: { account: Account }) {
  return (
    <span className="xm-account-name">
      <strong>{account.name}</strong>
      <span className="xm-soft">{account.username}</span>
    </span>
  );
}

function State({ account }: { account: Account }) {
  const { t } = useTranslation('accounts');
  const { ahead } = useZone();
  if (account.suspended) return <StatusTag tone="bad">{t('state.suspended')}</StatusTag>;
  const { temporaryUntil } = account;
  if (temporaryUntil !== undefined && performance.now() + ahead >= temporaryUntil)
    return <StatusTag tone="bad">{t('state.run-out')}</StatusTag>;
  if (account.mustChangePassword) return <StatusTag tone="warn">{t('state.temporary')}</StatusTag>;
  return <StatusTag tone="good">{t('state.active')}</StatusTag>;
}

function LastSignIn({ account }: { account: Account }) {
  const { t } = useTranslation('accounts');
  return account.lastSignInAt === undefined ? t('never') : <Time at={account.lastSignInAt} />;
}
