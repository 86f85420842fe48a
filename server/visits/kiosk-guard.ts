/** Use cases: what a guard who is signed in at a kiosk sees and decides. */
import { can, type Role } from '../contract/capabilities.ts';
import type { By } from '../contract/events.ts';
import type { GuardVisit } from '../contract/kiosk-guard.ts';
import type { Visit } from '../contract/visits.ts';
import { listVisits } from './list-visits.ts';
import { decideHold, readHolds, type ScreeningDeps } from './screening.ts';
import { approveVisit, refuseVisit } from './visit-steps.ts';
import { getVisit } from './visit-view.ts';
import { listVisitorTypes } from './visitor-types.ts';

export interface KioskGuardDeps extends ScreeningDeps {
  /** The midnight after an instant, at the school. */
  dayEndAt(instant: number): number;
}
export interface KioskGuard {
  accountId: string;
  role: Role;
}

/** More than these are for the guard's own screen. */
const most = 50;

/** Who waits, the longest first, and who is expected today. */
export async function guardVisits(
  deps: KioskGuardDeps,
  guard: KioskGuard,
): Promise<{ waiting: GuardVisit[]; expected: GuardVisit[] }> {
  const { reader } = deps;
  const find = async (show: 'waiting' | 'today') =>
    (await listVisits(reader, deps, { show, limit: most })).visits;
  const [waiting, expected, types] = await Promise.all([
    find('waiting'),
    find('today'),
    listVisitorTypes(reader),
  ]);
  const namesOf = (typeId: string) => {
    const names = types.find(({ id }) => id === typeId)?.names;
    return names ?? { 'zh-CN': '', en: '' };
  };
  const view = (visit: Visit) => viewOf(deps, guard, visit, namesOf(visit.typeId));
  const byWait = waiting.toSorted((a, b) => (a.waitingSince ?? 0) - (b.waitingSince ?? 0));
  return {
    waiting: await Promise.all(byWait.map(view)),
    expected: await Promise.all(expected.map(view)),
  };
}

async function viewOf(
  deps: KioskGuardDeps,
  { accountId, role }: KioskGuard,
  visit: Visit,
  names: GuardVisit['type']['names'],
): Promise<GuardVisit> {
  const { id, visitor, host, department, purpose, companions, expectedFrom, waitingSince } = visit;
  const screens = can(role, 'visits.screen') && visit.pending.includes('screening');
  const holds = screens ? await readHolds(deps, id, true, accountId) : [];
  return {
    ...{ id, type: { names }, purpose, expectedFrom, waitingSince },
    visitor: visitor.name,
    organisation: visitor.organisation,
    host: host?.name ?? department,
    companions: companions.length,
    holds: holds.map(({ entry, how }) => ({
      ...{ how, list: entry.list, name: entry.name, reason: entry.reason },
      responder: entry.responder?.name ?? null,
    })),
    refuseOnly: holds.some(({ entry }) => entry.list === 'deny') && !can(role, 'visits.override'),
  };
}

/**
 * Every word that is a guard's to give, each on record of its own: over a hold first, then the guard's own and the
 * host's in their place. Throws not-found, not-allowed, conflict.
 */
export async function guardDecide(
  deps: KioskGuardDeps,
  { role }: KioskGuard,
  { visitId, outcome }: { visitId: string; outcome: 'admit' | 'escort' | 'refuse' },
  by: By,
): Promise<void> {
  const asker = { guard: true, office: can(role, 'visits.manage') };
  let visit = await getVisit(deps.reader, deps, visitId);
  if (visit.pending.includes('screening') && can(role, 'visits.screen')) {
    visit = await decideHold(deps, visitId, outcome, can(role, 'visits.override'), by);
    if (outcome === 'refuse') return;
  } else if (outcome === 'refuse') {
    await refuseVisit(deps, visitId, asker, by);
    return;
  }
  const mine = () => visit.pending.some((word) => word === 'guard' || word === 'host' || asker.office);
  do visit = await approveVisit(deps, visitId, asker, by);
  while (mine());
}
