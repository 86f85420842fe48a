/** News of visits for those who wait for it: the host, and who looks after all of them. */
import type { Cancel } from '../../hardware/ports.ts';
import type { LoggedEvent } from '../contract/events.ts';
import type { VisitNotice } from '../contract/visits.ts';
import type { EventLog } from '../events/port.ts';
import type { Passes } from './passes.ts';

/** To be read again by who shows it; the notice itself holds nothing of the visitor. */
export interface AddressedNotice extends VisitNotice {
  /** Accounts. */
  readonly to: readonly string[];
}

export function onVisitNews(
  events: Pick<EventLog, 'onCommitted'>,
  passes: Pick<Passes, 'visitor'>,
  listener: (notice: AddressedNotice) => void,
): Cancel {
  return events.onCommitted((committed) => {
    for (const event of committed) {
      const visitId = visitOf(event);
      if (visitId === undefined) continue;
      const { type: what, at } = event;
      listener({ visitId, what, at, to: addressees(event, passes.visitor(visitId)?.hostId) });
    }
  });
}

/** Why a visitor is held is no business of the host’s. */
function addressees({ type, data }: LoggedEvent, known: string | undefined): string[] {
  if (type === 'visit.held' || type === 'visit.listed-inside') return data.responderIds;
  if (type === 'visit.screened') return [];
  const hostId = 'hostId' in data ? data.hostId : known;
  return hostId === undefined ? [] : [hostId];
}

function visitOf({ data }: LoggedEvent): string | undefined {
  return 'visitId' in data ? data.visitId : undefined;
}
