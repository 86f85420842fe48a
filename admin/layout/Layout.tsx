import { CloseOutlined, MenuOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation } from 'react-router';
import { Loading } from '../ui/Loading.tsx';
import { Mishap } from '../ui/Mishap.tsx';
import { useNarrow } from '../ui/use-media.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { Logo } from './Logo.tsx';
import { SchoolBanner } from './SchoolBanner.tsx';
import { SideNav } from './SideNav.tsx';
import { useKeepSession } from './use-keep-session.ts';
import { useOpenAlarms } from './use-open-alarms.ts';
import './layout.css';

export function Layout() {
  const { t } = useTranslation('shell');
  const narrow = useNarrow(900);
  const [menuOpen, setMenuOpen] = useState(false);
  const { pathname } = useLocation();
  const openAlarms = useOpenAlarms();
  useKeepSession('while-touched');
  // biome-ignore lint/correctness/useExhaustiveDependencies: arriving at a page closes the menu that led there
  useEffect(() => setMenuOpen(false), [pathname]);
  return (
    <div className="xm-shell">
      <a className="xm-skip" href="#xm-main">
        {t('skip')}
      </a>
      <SchoolBanner />
      <ConnectionBanner />
      <header className="xm-top">
        {narrow && (
          <Button
            type="text"
            aria-label={t('menu.open')}
            aria-expanded={menuOpen}
            icon={<MenuOutlined aria-hidden />}
            onClick={() => setMenuOpen(true)}
          />
        )}
        <Logo />
        <span className="xm-top-space" />
        <LanguageSwitch />
        <AccountMenu />
      </header>
      <div className="xm-body">
        {narrow ? (
          <Drawer
            placement="left"
            size={300}
            open={menuOpen}
            onClose={() => setMenuOpen(false)}
            title={<Logo />}
            closable={{ closeIcon: <CloseOutlined aria-label={t('menu.close')} /> }}
            styles={{ body: { padding: 8 } }}
          >
            <SideNav openAlarms={openAlarms} />
          </Drawer>
        ) : (
          <aside className="xm-side">
            <SideNav openAlarms={openAlarms} />
          </aside>
        )}
        <main className="xm-main" id="xm-main" tabIndex={-1}>
          <Suspense fallback={<Loading />}>
            <Mishap place={pathname}>
              <Outlet />
            </Mishap>
          </Suspense>
        </main>
      </div>
    </div>
  );
}
