import { QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { BrowserRouter, Navigate, Outlet, Route, Routes, useLocation } from 'react-router';
import type { Capability } from '../server/contract/capabilities.ts';
import { queryClient } from './api.ts';
import { antdLocale } from './i18n.ts';
import { LiveProvider } from './LiveProvider.tsx';
import { FrontLayout } from './layout/FrontLayout.tsx';
import { Layout } from './layout/Layout.tsx';
import { NotAllowed } from './layout/NotAllowed.tsx';
import { ScreenLayout } from './layout/ScreenLayout.tsx';
import {
  ChangePasswordPage,
  KioskPinPage,
  LaneScreen,
  menuScreens,
  SetUpPage,
  SignInPage,
} from './screens.tsx';
import { SessionProvider, useCan, useFront, useSession } from './session.tsx';
import { themes } from './theme.ts';
import { Loading } from './ui/Loading.tsx';
import { useTouch } from './ui/use-media.ts';

export function App() {
  // Drawn anew when the language changes.
  useTranslation();
  const touch = useTouch();
  return (
    <ConfigProvider
      theme={themes[touch ? 'touch' : 'mouse']}
      locale={antdLocale()}
      button={{ autoInsertSpace: false }}
    >
      <AntApp component={false}>
        <QueryClientProvider client={queryClient}>
          <BrowserRouter>
            <SessionProvider>
              <Suspense fallback={<Loading whole />}>
                <Screens />
              </Suspense>
            </SessionProvider>
          </BrowserRouter>
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}

function Screens() {
  return (
    <Routes>
      <Route element={<FrontLayout />}>
        <Route path="/setup" element={<SetUpPage />} />
        <Route path="/sign-in" element={<SignInPage />} />
        <Route path="/change-password" element={<ChangePasswordPage />} />
        <Route path="/kiosk-pin" element={<KioskPinPage />} />
      </Route>
      <Route element={<SignedIn />}>
        <Route element={<ScreenLayout />}>
          <Route path="/lanes/:laneId" element={<Guarded needs="log.read" Page={LaneScreen} />} />
          <Route path="/gates/:gateId/screen" element={<Guarded needs="log.read" Page={LaneScreen} />} />
        </Route>
        <Route element={<Layout />}>
          {menuScreens.map(({ path, needs, Page }) => (
            <Route
              key={path}
              path={path === '/' ? '/' : path === '/lanes' ? path : `${path}/*`}
              element={path === '/' ? <Home /> : <Guarded needs={needs} Page={Page} />}
            />
          ))}
          <Route path="*" element={<NotAllowed what="not-found" />} />
        </Route>
      </Route>
    </Routes>
  );
}

/** Where somebody is sent who may not be here yet. */
function SignedIn() {
  const { school } = useFront();
  const session = useSession();
  const { pathname, search } = useLocation();
  if (school === undefined) return <Navigate to="/setup" replace />;
  if (session === null) {
    const next = pathname === '/' ? '' : `?next=${encodeURIComponent(pathname + search)}`;
    return <Navigate to={`/sign-in${next}`} replace />;
  }
  if (session.mustChangePassword) return <Navigate to="/change-password" replace />;
  return (
    <LiveProvider key={session.account.id} session={session}>
      <Outlet />
    </LiveProvider>
  );
}

function Guarded({ needs, Page }: { needs: Capability; Page: (typeof menuScreens)[number]['Page'] }) {
  return useCan(needs) ? <Page /> : <NotAllowed what="not-allowed" />;
}

/** The live log; for an account that may not read it, the first screen that it may open. */
function Home() {
  const session = useSession();
  const [first] = menuScreens.filter(({ needs }) => session?.capabilities.includes(needs));
  if (first === undefined) return <NotAllowed what="nothing-yet" />;
  return first.path === '/' ? <first.Page /> : <Navigate to={first.path} replace />;
}
