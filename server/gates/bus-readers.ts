/**
 * What happens to readers on buses, for the record: off line, opened, without power, their key lost or unreadable. What
 * comes and goes is damped as a device's coming and going is.
 */
import type { ReaderStatus } from '../../hardware/osdp-ports.ts';
import type { Cancel, Clock, Hardware } from '../../hardware/ports.ts';
import type { EventType, NewEvent } from '../contract/events.ts';
import { pastEvents } from '../events/past-events.ts';
import type { EventLog } from '../events/port.ts';
import type { Log } from '../log.ts';
import { damper } from './damper.ts';
import type { FeedbackReader, Show } from './feedback.ts';
import type { ReaderStates } from './reader-states.ts';

export interface BusReader extends FeedbackReader {
  readonly id: string;
  readonly lane: { readonly id: string; readonly gateId: string } | undefined;
}

export interface BusReadersParts {
  events: Pick<EventLog, 'readAfter'>;
  hardware: Pick<Hardware, 'on' | 'statuses'>;
  states: Pick<ReaderStates, 'onStatus' | 'onReady'>;
  /** The reader that is set up there. */
  place(deviceId: string, number: number): BusReader | undefined;
  show: Show;
  record(event: NewEvent): Promise<unknown>;
  clock: Pick<Clock, 'now' | 'monotonic' | 'after'>;
  log: Log;
}

/** Each pair: it began, it ended. */
const pairs = {
  offline: ['reader.offline', 'reader.online'],
  tamper: ['reader.tampered', 'reader.tamper-ended'],
  power: ['reader.power-failed', 'reader.power-restored'],
  key: ['reader.key-unreadable', 'reader.key-readable'],
} as const satisfies Record<string, readonly [EventType, EventType]>;
type Trouble = keyof typeof pairs;
const troubles = Object.keys(pairs) as Trouble[];

export interface BusReaders {
  settled(): Promise<void>;
  close(): void;
}

/** Goes on from what the log last said, so that what ended while the server was away ends in the record too. */
export async function watchBusReaders(parts: BusReadersParts): Promise<BusReaders> {
  const { hardware, states, place, show, clock, log } = parts;
  const damped = damper(await lastTold(parts.events));
  /** What may yet be told to be over, by key. */
  const waiting = new Map<string, { reader: BusReader; trouble: Trouble }>();
  let cancelSteady: Cancel = () => {};
  const pending = new Set<Promise<unknown>>();

  function record(event: NewEvent): void {
    const done: Promise<unknown> = parts
      .record({ ...event, at: clock.now() })
      .catch((error: unknown) =>
        log.error({ err: error, event }, 'what befell a reader could not be recorded'),
      )
      .finally(() => pending.delete(done));
    pending.add(done);
  }

  states.onReady(({ deviceId, reader: number }, ready) => {
    const reader = ready ? place(deviceId, number) : undefined;
    if (reader) show(reader, 'idle');
  });

  states.onStatus((status) => {
    const reader = place(status.deviceId, status.reader);
    if (!reader) return;
    for (const trouble of troubles) {
      const on = has(trouble, status);
      const key = `${reader.id}/${trouble}`;
      if (on === undefined) {
        damped.doubt(key);
        continue;
      }
      const news = damped.turn(key, on, clock.monotonic());
      if (news) tell(reader, trouble, news);
      else if (!on) waiting.set(key, { reader, trouble });
    }
    watchSteady();
  });

  function tell(reader: BusReader, trouble: Trouble, news: 'begun' | 'ended'): void {
    record({ type: pairs[trouble][news === 'begun' ? 0 : 1], data: whereOf(reader) });
  }

  function watchSteady(): void {
    cancelSteady();
    const due = damped.due();
    if (due === undefined) {
      waiting.clear();
      return;
    }
    cancelSteady = clock.after(Math.max(0, due - clock.monotonic()), () => {
      for (const key of damped.steady(clock.monotonic())) {
        const { reader, trouble } = waiting.get(key) ?? {};
        // It may have been taken away meanwhile.
        if (reader && trouble && place(reader.deviceId, reader.number)?.id === reader.id)
          tell(reader, trouble, 'ended');
      }
      watchSteady();
    });
  }

  /** Undefined: nothing is known of it now. That all are gone with the line is told of the device alone. */
  function has(trouble: Trouble, { deviceId, state, key, tamper, attached, powerFault }: ReaderStatus) {
    // Before the store was asked there is none either.
    if (trouble === 'key') return key === 'none' && state !== 'online' ? undefined : key === 'unreadable';
    if (trouble === 'offline') {
      if (state === 'online') return false;
      const line = hardware.statuses().find((each) => each.deviceId === deviceId);
      return state === 'offline' && line?.state === 'online' ? true : undefined;
    }
    if (state !== 'online') return undefined;
    if (trouble === 'power') return powerFault;
    return tamper === undefined && attached === undefined
      ? undefined
      : tamper === true || attached === 'tamper';
  }

  hardware.on('reader-key', ({ deviceId, reader: number, key }) => {
    const reader = place(deviceId, number);
    if (reader) record({ type: `reader.key-${key}`, data: whereOf(reader) });
  });

  return {
    async settled() {
      while (pending.size > 0) await Promise.all(pending);
    },
    close: () => cancelSteady(),
  };
}

export function whereOf({ id, deviceId, lane }: Pick<BusReader, 'id' | 'deviceId' | 'lane'>) {
  return { readerId: id, deviceId, ...(lane ? { gateId: lane.gateId, laneId: lane.id } : {}) };
}

const types = [...Object.values(pairs).flat(), 'reader.removed'] as const;

async function lastTold(log: Pick<EventLog, 'readAfter'>): Promise<Set<string>> {
  const told = new Set<string>();
  for await (const { type, data } of pastEvents(log, types)) {
    for (const trouble of troubles) {
      const key = `${data.readerId}/${trouble}`;
      if (type === pairs[trouble][0]) told.add(key);
      else if (type === pairs[trouble][1] || type === 'reader.removed') told.delete(key);
    }
  }
  return told;
}
