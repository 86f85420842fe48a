import { Suspense } from 'react';
import { Outlet, useLocation } from 'react-router';
import { VisitNotices } from '../notices/VisitNotices.tsx';
import { Allowed } from '../session.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Mishap } from '../ui/Mishap.tsx';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { SchoolBanner } from './SchoolBanner.tsx';
import { useKeepSession } from './use-keep-session.ts';
import './screen-layout.css';

/** A screen without a menu, as large as the window: it hangs in the gatehouse all day. */
export function ScreenLayout() {
  const { pathname } = useLocation();
  useKeepSession('while-seen');
  return (
    <div className="xm-screen">
      <Allowed needs="visits.host">
        <VisitNotices />
      </Allowed>
      <SchoolBanner />
      <ConnectionBanner loud />
      <main className="xm-screen-main">
        <Suspense fallback={<Loading />}>
          <Mishap place={pathname}>
            <Outlet />
          </Mishap>
        </Suspense>
      </main>
    </div>
  );
}
