/** News of visits for those who wait for it: the host, and who looks after all of them. */
import type { Cancel } from '../../hardware/ports.ts';
import type { LoggedEvent } from '../contract/events.ts';
import type { VisitNotice } from '../contract/visits.ts';
import type { EventLog } from '../events/port.ts';
import type { Passes } from './passes.ts';

/** To be read again by who shows it; the notice itself holds nothing of the visitor. */
export interface AddressedNotice extends VisitNotice {
  readonly hostId: string | undefined;
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
      const { type: what, data, at } = event;
      const told = 'hostId' in data ? data.hostId : undefined;
      listener({ visitId, what, at, hostId: told ?? passes.visitor(visitId)?.hostId });
    }
  });
}

function visitOf({ data }: LoggedEvent): string | undefined {
  return 'visitId' in data ? data.visitId : undefined;
}
