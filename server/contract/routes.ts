/** Every HTTP route, once; each row stands beside the schemas that it uses. */
import { accessRoutes } from './access.ts';
import { accountRoutes } from './accounts.ts';
import { alarmRoutes } from './alarms.ts';
import { deviceRoutes } from './devices.ts';
import { frontRoutes } from './front.ts';
import { gateRoutes } from './gates.ts';
import { logRoutes } from './log.ts';
import { peopleRoutes } from './people.ts';
import { readerRoutes } from './readers.ts';
import { schoolRoutes } from './school.ts';

export const routes = {
  ...frontRoutes,
  ...schoolRoutes,
  ...accountRoutes,
  ...gateRoutes,
  ...deviceRoutes,
  ...readerRoutes,
  ...peopleRoutes,
  ...accessRoutes,
  ...logRoutes,
  ...alarmRoutes,
} as const;

export type Routes = typeof routes;
export type RouteName = keyof Routes;
