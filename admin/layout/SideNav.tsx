import { Badge } from 'antd';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { menuScreens } from '../screens.tsx';
import { useFront, useSession } from '../session.tsx';

/** The screens that this account may open. */
export function SideNav({ openAlarms }: { openAlarms: number }) {
  const { t } = useTranslation('shell');
  const session = useSession();
  const { school } = useFront();
  const shown = menuScreens.filter(({ needs }) => session?.capabilities.includes(needs));
  return (
    <nav aria-label={t('menu.label')}>
      <p className="xm-nav-school">{school?.name}</p>
      <ul className="xm-nav">
        {shown.map(({ path, title, icon }) => (
          <li key={path}>
            <NavLink to={path} end={path === '/'} className="xm-nav-link">
              <span aria-hidden>{icon}</span>
              <span className="xm-nav-word">{t(title)}</span>
              {path === '/alarms' && openAlarms > 0 && (
                <>
                  <Badge count={openAlarms} overflowCount={99} aria-hidden />
                  <span className="xm-hidden">{t('menu.open-alarms', { count: openAlarms })}</span>
                </>
              )}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
