/** Every HTTP route, once; each row stands beside the schemas that it uses. */
import { accessRoutes } from './access.ts';
import { accountRoutes } from './accounts.ts';
import { alarmRoutes } from './alarms.ts';
import { badgeRoutes } from './badges.ts';
import { deviceRoutes } from './devices.ts';
import { frontRoutes } from './front.ts';
import { gateRoutes } from './gates.ts';
import { invitationRoutes } from './invitations.ts';
import { kioskGuardRoutes } from './kiosk-guard.ts';
import { kioskVisitRoutes } from './kiosk-visits.ts';
import { kioskRoutes } from './kiosks.ts';
import { logRoutes } from './log.ts';
import { passRoutes } from './passes.ts';
import { peopleRoutes } from './people.ts';
import { readerRoutes } from './readers.ts';
import { schoolRoutes } from './school.ts';
import { screeningRoutes } from './screening.ts';
import { visitReportRoutes } from './visit-report.ts';
import { visitorTypeRoutes } from './visitor-types.ts';
import { visitRoutes } from './visits.ts';

export const routes = {
  ...frontRoutes,
  ...schoolRoutes,
  ...accountRoutes,
  ...gateRoutes,
  ...deviceRoutes,
  ...readerRoutes,
  ...peopleRoutes,
  ...accessRoutes,
  ...visitorTypeRoutes,
  ...visitRoutes,
  ...visitReportRoutes,
  ...invitationRoutes,
  ...passRoutes,
  ...badgeRoutes,
  ...screeningRoutes,
  ...kioskRoutes,
  ...kioskVisitRoutes,
  ...kioskGuardRoutes,
  ...logRoutes,
  ...alarmRoutes,
} as const;

export type Routes = typeof routes;
export type RouteName = keyof Routes;
