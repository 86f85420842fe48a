import type { RouteCall } from '../../server/contract/route.ts';
import type { Routes } from '../../server/contract/routes.ts';

export type Enrolment = RouteCall<Routes['credentials.enrol']>['body'];
