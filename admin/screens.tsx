/** The screens of the menu: path, capability, texts, and the code that is loaded when one is opened. */
import {
  AlertOutlined,
  BarChartOutlined,
  ContactsOutlined,
  DesktopOutlined,
  GatewayOutlined,
  IdcardOutlined,
  KeyOutlined,
  SafetyCertificateOutlined,
  StopOutlined,
  TabletOutlined,
  TeamOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons';
import { type ComponentType, type LazyExoticComponent, lazy, type ReactNode } from 'react';
import type { Capability } from '../server/contract/capabilities.ts';

export interface Screen {
  path: string;
  /** Key in the texts of `shell`. */
  title: string;
  icon: ReactNode;
  needs: Capability;
  Page: LazyExoticComponent<ComponentType>;
}

export const menuScreens: readonly Screen[] = [
  {
    path: '/',
    title: 'menu.live-log',
    icon: <UnorderedListOutlined />,
    needs: 'log.read',
    Page: lazy(() => import('./live-log/LiveLogPage.tsx').then((it) => ({ default: it.LiveLogPage }))),
  },
  {
    path: '/lanes',
    title: 'menu.lanes',
    icon: <DesktopOutlined />,
    needs: 'log.read',
    Page: lazy(() =>
      import('./lane-screen/ChooseLanePage.tsx').then((it) => ({ default: it.ChooseLanePage })),
    ),
  },
  {
    path: '/visitors',
    title: 'menu.visitors',
    icon: <IdcardOutlined />,
    needs: 'visits.read',
    Page: lazy(() => import('./visitors/VisitorsPage.tsx').then((it) => ({ default: it.VisitorsPage }))),
  },
  {
    path: '/alarms',
    title: 'menu.alarms',
    icon: <AlertOutlined />,
    needs: 'alarms.read',
    Page: lazy(() => import('./alarms/AlarmsPage.tsx').then((it) => ({ default: it.AlarmsPage }))),
  },
  {
    path: '/my-visitors',
    title: 'menu.my-visitors',
    icon: <ContactsOutlined />,
    needs: 'visits.host',
    Page: lazy(() => import('./hosting/HostingPage.tsx').then((it) => ({ default: it.HostingPage }))),
  },
  {
    path: '/gates',
    title: 'menu.gates',
    icon: <GatewayOutlined />,
    needs: 'gates.read',
    Page: lazy(() => import('./gates/GatesPage.tsx').then((it) => ({ default: it.GatesPage }))),
  },
  {
    path: '/kiosks',
    title: 'menu.kiosks',
    icon: <TabletOutlined />,
    needs: 'gates.read',
    Page: lazy(() => import('./kiosks/KiosksPage.tsx').then((it) => ({ default: it.KiosksPage }))),
  },
  {
    path: '/visitor-types',
    title: 'menu.visitor-types',
    icon: <IdcardOutlined />,
    needs: 'visits.manage',
    Page: lazy(() =>
      import('./visitor-types/VisitorTypesPage.tsx').then((it) => ({ default: it.VisitorTypesPage })),
    ),
  },
  {
    path: '/screening',
    title: 'menu.screening',
    icon: <StopOutlined />,
    needs: 'visits.screen',
    Page: lazy(() => import('./screening/ScreeningPage.tsx').then((it) => ({ default: it.ScreeningPage }))),
  },
  {
    path: '/visit-reports',
    title: 'menu.visit-reports',
    icon: <BarChartOutlined />,
    needs: 'visits.report',
    Page: lazy(() =>
      import('./visit-reports/VisitReportsPage.tsx').then((it) => ({ default: it.VisitReportsPage })),
    ),
  },
  {
    path: '/people',
    title: 'menu.people',
    icon: <TeamOutlined />,
    needs: 'people.read',
    Page: lazy(() => import('./people/PeoplePage.tsx').then((it) => ({ default: it.PeoplePage }))),
  },
  {
    path: '/access',
    title: 'menu.access',
    icon: <KeyOutlined />,
    needs: 'access.read',
    Page: lazy(() => import('./access/AccessPage.tsx').then((it) => ({ default: it.AccessPage }))),
  },
  {
    path: '/accounts',
    title: 'menu.accounts',
    icon: <SafetyCertificateOutlined />,
    needs: 'accounts.manage',
    Page: lazy(() => import('./accounts/AccountsPage.tsx').then((it) => ({ default: it.AccountsPage }))),
  },
];

export const LaneScreen = lazy(() =>
  import('./lane-screen/LaneScreenPage.tsx').then((it) => ({ default: it.LaneScreenPage })),
);
export const SetUpPage = lazy(() =>
  import('./set-up/SetUpPage.tsx').then((it) => ({ default: it.SetUpPage })),
);
export const SignInPage = lazy(() =>
  import('./sign-in/SignInPage.tsx').then((it) => ({ default: it.SignInPage })),
);
export const KioskPinPage = lazy(() =>
  import('./sign-in/KioskPinPage.tsx').then((it) => ({ default: it.KioskPinPage })),
);
export const ChangePasswordPage = lazy(() =>
  import('./sign-in/ChangePasswordPage.tsx').then((it) => ({ default: it.ChangePasswordPage })),
);
