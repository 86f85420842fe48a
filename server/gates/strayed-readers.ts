/** Readers on buses that went where nobody could follow them, as they last said: what the log says, until they are back. */
import type { LinePlace } from '../../hardware/osdp-ports.ts';
import type { Cancel } from '../../hardware/ports.ts';
import type { LoggedEvent } from '../contract/events.ts';
import { pastEvents } from '../events/past-events.ts';
import type { EventLog } from '../events/port.ts';
import type { ReaderStates } from './reader-states.ts';

export interface StrayedReaders {
  /** Of the reader that is set up there. */
  of(deviceId: string, number: number): LinePlace | undefined;
  /** Told of the bus when something has changed. */
  onChange(listener: (deviceId: string) => void): Cancel;
  follow(events: readonly LoggedEvent[]): void;
}

interface Strayed {
  deviceId: string;
  number: number;
  at: LinePlace;
}

export async function strayedReaders(
  log: Pick<EventLog, 'readAfter'>,
  states: Pick<ReaderStates, 'onStatus'>,
): Promise<StrayedReaders> {
  const strayed = new Map<string, Strayed>();
  const listeners = new Set<{ tell: (deviceId: string) => void }>();

  function take(event: LoggedEvent): void {
    if (event.type === 'reader.removed') forget(event.data.readerId);
    if (event.type !== 'reader.moved') return;
    const { readerId, deviceId, from: number, to: address, baudRate, outcome } = event.data;
    if (outcome === 'done' || outcome === 'returned') forget(readerId);
    if (outcome !== 'elsewhere') return;
    strayed.set(readerId, { deviceId, number, at: { address, baudRate } });
    tell(deviceId);
  }

  function forget(readerId: string): void {
    const { deviceId } = strayed.get(readerId) ?? {};
    strayed.delete(readerId);
    if (deviceId !== undefined) tell(deviceId);
  }

  function tell(deviceId: string): void {
    for (const listener of [...listeners]) listener.tell(deviceId);
  }

  for await (const event of pastEvents(log, ['reader.moved', 'reader.removed'])) take(event);
  // However it came back.
  states.onStatus(({ deviceId, reader, state }, before) => {
    if (state !== 'online' || before?.state === 'online') return;
    for (const [readerId, each] of strayed)
      if (each.deviceId === deviceId && each.number === reader) forget(readerId);
  });

  return {
    of: (deviceId, number) =>
      [...strayed.values()].find((each) => each.deviceId === deviceId && each.number === number)?.at,
    onChange(listener) {
      const entry = { tell: listener };
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
    follow: (events) => events.forEach(take),
  };
}
