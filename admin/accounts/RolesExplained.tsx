import { CheckOutlined, MinusOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { personRole } from '../../server/contract/accounts.ts';
import { can, capability } from '../../server/contract/capabilities.ts';

const roles = personRole.options;
/** What no person may do (a kiosk's own) is not listed. */
const shown = capability.options.filter((each) => roles.some((role) => can(role, each)));

/** What each role may do, straight from the one table that the server checks. */
export function RolesExplained() {
  const { t } = useTranslation('accounts');
  return (
    <div className="xm-roles">
      <h2>{t('roles.title')}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls on a phone, so a keyboard must reach it */}
      <section className="xm-card xm-accounts-frame" tabIndex={0} aria-label={t('roles.title')}>
        <table className="xm-accounts-table xm-roles-table">
          <thead>
            <tr>
              <th scope="col">{t('roles.what')}</th>
              {roles.map((role) => (
                <th key={role} scope="col">
                  {t(`words:role.${role}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((each) => (
              <tr key={each}>
                <th scope="row">{t(`words:capability.${each}`)}</th>
                {roles.map((role) => (
                  <td key={role}>
                    {can(role, each) ? (
                      <CheckOutlined className="xm-roles-yes" aria-hidden />
                    ) : (
                      <MinusOutlined className="xm-soft" aria-hidden />
                    )}
                    <span className="xm-hidden">{can(role, each) ? t('common:yes') : t('common:no')}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
