/**
 * Who may do what: the one table. A route and a socket event name the capability that they need; a role is a
 * named set of capabilities and stands nowhere else in the code.
 */
import { z } from 'zod';

export const capability = z.enum([
  'log.read',
  'log.explain',
  'lane.open',
  'lane.posture',
  'gates.read',
  'gates.manage',
  'devices.manage',
  'devices.simulate',
  'readers.secure',
  'people.read',
  'people.manage',
  'credentials.manage',
  'pins.manage',
  'access.read',
  'access.manage',
  'alarms.read',
  'alarms.acknowledge',
  'alarms.silent',
  'accounts.manage',
  'school.manage',
  'visits.host',
  'visits.read',
  'visits.admit',
  'visits.reveal-id',
  'visits.screen',
  'visits.override',
  'visits.report',
  'visits.manage',
  'kiosk.use',
]);
export type Capability = z.infer<typeof capability>;

export const role = z.enum(['administrator', 'guard', 'host', 'auditor', 'kiosk']);
export type Role = z.infer<typeof role>;

export const capabilitiesOf: Record<Role, readonly Capability[]> = {
  administrator: capability.options.filter((each) => each !== 'kiosk.use'),
  guard: [
    'log.read',
    'lane.open',
    'gates.read',
    'people.read',
    'alarms.read',
    'alarms.acknowledge',
    'visits.host',
    'visits.read',
    'visits.admit',
    'visits.screen',
  ],
  /** Staff who invite and receive visitors: nothing of the log, the people or the gates. */
  host: ['visits.host'],
  auditor: [
    'log.read',
    'log.explain',
    'gates.read',
    'people.read',
    'access.read',
    'alarms.read',
    'alarms.silent',
    'visits.read',
    'visits.report',
  ],
  /** A paired kiosk device, not a person. */
  kiosk: ['kiosk.use'],
};

export function can(held: Role, needed: Capability): boolean {
  return capabilitiesOf[held].includes(needed);
}
