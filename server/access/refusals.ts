/** The refusals of all readers: whether each gets a record of its own, and the records of what was only counted. */
import type { Cancel, Clock } from '../../hardware/ports.ts';
import type { EventDataOf, NewEvent } from '../contract/events.ts';
import { pastEvents } from '../events/past-events.ts';
import type { EventLog } from '../events/port.ts';
import type { Log } from '../log.ts';
import {
  floodingSince,
  intervalMs,
  passTime,
  type RefusalEffect,
  type RefusalState,
  refuse,
  untold,
} from './refusal-flood.ts';

/** Where a refusal happened, as its records name it. */
export type RefusedAt = EventDataOf<'reader.flood-started'>;

export interface Flood {
  /** Milliseconds since 1970. */
  since: number;
  /** Refusals since then that have no record of their own. */
  counted: number;
}

export interface Refusals {
  /** Whether this refusal is to be recorded by itself. Costs nothing but memory, and that is bounded. */
  admits(where: RefusedAt, key: string, known: boolean): boolean;
  /** The flood that runs at a device. */
  floodOf(deviceId: string): Flood | undefined;
  /** Told when a flood begins, goes on for another interval, or ends. */
  onFlood(listener: (deviceId: string) => void): Cancel;
  /** Resolves when all that was to be recorded until now has been. */
  settled(): Promise<void>;
  /** Records what was counted. A flood that runs is taken up again at the next start. */
  close(): Promise<void>;
}

export interface RefusalsParts {
  log: Pick<EventLog, 'readAfter'>;
  record(event: NewEvent): Promise<unknown>;
  clock: Clock;
  journal: Log;
}

interface Reader {
  where: RefusedAt;
  state: RefusalState | undefined;
  flood: Flood | undefined;
  cancel: Cancel;
}

/** Takes up the floods that ran when the server last stopped, so that each has its end. */
export async function openRefusals({ log, record, clock, journal }: RefusalsParts): Promise<Refusals> {
  const readers = new Map<string, Reader>();
  const listeners = new Set<{ tell: (deviceId: string) => void }>();
  const pending = new Set<Promise<unknown>>();

  for (const { where, since } of await runningFloods(log)) {
    const state = floodingSince(clock.monotonic());
    keep({ where, state, flood: { since, counted: 0 }, cancel: () => {} });
  }

  /** Waits for the end of the interval, or forgets the reader when there is none. */
  function keep(reader: Reader): void {
    reader.cancel();
    const { where, state } = reader;
    if (!state) return void readers.delete(where.readerId);
    readers.set(where.readerId, reader);
    reader.cancel = clock.after(Math.max(0, state.since + intervalMs - clock.monotonic()), () => {
      const { state: next, effects } = passTime(reader.state, clock.monotonic());
      reader.state = next;
      tell(reader, effects);
      keep(reader);
    });
  }

  function tell(reader: Reader, effects: RefusalEffect[]): void {
    const { where } = reader;
    const at = clock.now();
    for (const effect of effects) {
      if (effect.kind === 'counted') {
        const { count, firstAt, lastAt } = effect;
        write({ type: 'reader.refusals-counted', data: { ...where, count, firstAt, lastAt }, at });
        if (reader.flood) reader.flood.counted += count;
      } else write({ type: `reader.${effect.kind}`, data: where, at });
      if (effect.kind === 'flood-started') reader.flood = { since: at, counted: 0 };
      if (effect.kind === 'flood-ended') reader.flood = undefined;
    }
    if (effects.length === 0) return;
    for (const listener of [...listeners]) listener.tell(where.deviceId);
  }

  function write(event: NewEvent): void {
    const done: Promise<unknown> = record(event)
      .catch((error: unknown) =>
        journal.error({ err: error, event }, 'counted refusals could not be recorded'),
      )
      .finally(() => pending.delete(done));
    pending.add(done);
  }

  async function settled(): Promise<void> {
    while (pending.size > 0) await Promise.all(pending);
  }

  return {
    admits(where, key, known) {
      const reader = readers.get(where.readerId) ?? {
        where,
        state: undefined,
        flood: undefined,
        cancel() {},
      };
      const before = reader.state;
      const {
        state,
        effects,
        record: admitted,
      } = refuse(before, { key, known, at: clock.now() }, clock.monotonic());
      reader.where = where;
      reader.state = state;
      tell(reader, effects);
      if (state.since !== before?.since) keep(reader);
      return admitted;
    },
    floodOf(deviceId) {
      const floods = [...readers.values()].flatMap(({ where, flood }) =>
        flood && where.deviceId === deviceId ? [flood] : [],
      );
      if (floods.length === 0) return undefined;
      return {
        since: Math.min(...floods.map(({ since }) => since)),
        counted: floods.reduce((sum, { counted }) => sum + counted, 0),
      };
    },
    onFlood(listener) {
      const entry = { tell: listener };
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
    settled,
    async close() {
      for (const reader of readers.values()) {
        reader.cancel();
        if (reader.state) tell(reader, untold(reader.state));
      }
      readers.clear();
      await settled();
    },
  };
}

async function runningFloods(
  log: Pick<EventLog, 'readAfter'>,
): Promise<Iterable<{ where: RefusedAt; since: number }>> {
  const running = new Map<string, { where: RefusedAt; since: number }>();
  for await (const { type, data, at } of pastEvents(log, ['reader.flood-started', 'reader.flood-ended'])) {
    if (type === 'reader.flood-started') running.set(data.readerId, { where: data, since: at });
    else running.delete(data.readerId);
  }
  return running.values();
}
