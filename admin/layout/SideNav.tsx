import { Badge } from 'antd';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { menuScreens } from '../screens.tsx';
import { useFront, useSession } from '../session.tsx';

/** What waits behind a screen of the menu: how much, and in words. */
export interface Waiting {
  count: number;
  words: string;
}

/** The screens that this account may open; `waiting` by their paths. */
export function SideNav({ waiting }: { waiting: Readonly<Record<string, Waiting>> }) {
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
              {waiting[path] !== undefined && waiting[path].count > 0 && (
                <>
                  <Badge count={waiting[path].count} overflowCount={99} aria-hidden />
                  <span className="xm-hidden">{waiting[path].words}</span>
                </>
              )}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
