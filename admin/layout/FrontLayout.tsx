import { Suspense } from 'react';
import { Outlet } from 'react-router';
import { useFront } from '../session.tsx';
import { Loading } from '../ui/Loading.tsx';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { Logo } from './Logo.tsx';
import { SchoolBanner } from './SchoolBanner.tsx';
import './front-layout.css';

/** The pages before the door: set-up, sign-in, a new password. */
export function FrontLayout() {
  const { school, version } = useFront();
  return (
    <div className="xm-front">
      <SchoolBanner />
      <header className="xm-front-top">
        <Logo />
        <LanguageSwitch />
      </header>
      <main className="xm-front-main">
        <div className="xm-front-card">
          {school && <p className="xm-front-school">{school.name}</p>}
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </div>
      </main>
      <footer className="xm-front-foot xm-soft">Xiaomen {version}</footer>
    </div>
  );
}
