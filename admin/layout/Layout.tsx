import { CloseOutlined, MenuOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation } from 'react-router';
import { useWaiting } from '../notices/use-waiting.ts';
import { VisitNotices } from '../notices/VisitNotices.tsx';
import { Allowed } from '../session.tsx';
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
  const { t } = useTranslation(['shell', 'notices']);
  const narrow = useNarrow(900);
  const [menuOpen, setMenuOpen] = useState(false);
  const { pathname } = useLocation();
  const alarms = useOpenAlarms();
  const visitors = useWaiting().length;
  const waiting = {
    '/alarms': { count: alarms, words: t('menu.open-alarms', { count: alarms }) },
    '/my-visitors': { count: visitors, words: t('notices:waiting.count', { count: visitors }) },
  };
  useKeepSession('while-touched');
  // biome-ignore lint/correctness/useExhaustiveDependencies: arriving at a page closes the menu that led there
  useEffect(() => setMenuOpen(false), [pathname]);
  return (
    <div className="xm-shell">
      <a className="xm-skip" href="#xm-main">
        {t('skip')}
      </a>
      <Allowed needs="visits.host">
        <VisitNotices />
      </Allowed>
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
            <SideNav waiting={waiting} />
          </Drawer>
        ) : (
          <aside className="xm-side">
            <SideNav waiting={waiting} />
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
