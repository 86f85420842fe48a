import { describe, expect, it } from 'vitest';
import type { ReaderStatus } from '../../hardware/osdp-ports.ts';
import type { DeviceStatus, HardwareEvents } from '../../hardware/ports.ts';
import { manualClock } from '../../hardware/sim/manual-clock.ts';
import type { LoggedEvent, NewEvent } from '../contract/events.ts';
import { silent } from '../events/testing.ts';
import { type BusReader, watchBusReaders } from './bus-readers.ts';
import { lossesTold, steadyMs } from './damper.ts';

const reader: BusReader = {
  ...{ id: 'r', deviceId: 'bus', number: 4, feedback: {} },
  lane: { id: 'l', gateId: 'g' },
};
const well: ReaderStatus = {
  ...{ deviceId: 'bus', reader: 4, state: 'online', since: 0, secure: true, ready: true, key: 'held' },
  ...{ misunderstands: false, inputs: [], outputs: [], errorsPerHour: 0 },
};

/** @param before what the log holds of it. */
async function watched(before: Pick<LoggedEvent, 'type'>[] = []) {
  const clock = manualClock();
  const recorded: NewEvent[] = [];
  const shown: string[] = [];
  let placed: BusReader | undefined = reader;
  let line: DeviceStatus['state'] = 'online';
  let onStatus: (status: ReaderStatus) => void = () => {};
  let onReady: (place: { deviceId: string; reader: number }, ready: boolean) => void = () => {};
  let onKey: (news: HardwareEvents['reader-key']) => void = () => {};
  const log = before.map(({ type }, at) => ({ seq: at + 1, type, data: { readerId: 'r' } }) as LoggedEvent);
  const it = await watchBusReaders({
    events: { readAfter: async (after) => log.filter(({ seq }) => seq > after) },
    hardware: {
      on(event, listener) {
        if (event === 'reader-key') onKey = listener as typeof onKey;
        return () => {};
      },
      statuses: () => [{ deviceId: 'bus', state: line, since: 0, frames: 0, frameErrors: 0 }],
    },
    states: {
      onStatus: (listener) => {
        onStatus = (status) => listener(status, undefined);
        return () => {};
      },
      onReady: (listener) => {
        onReady = listener;
        return () => {};
      },
    },
    place: () => placed,
    show: ({ number }, outcome) => void shown.push(`${number} ${outcome}`),
    record: async (event) => void recorded.push(event),
    clock,
    log: silent,
  });
  return {
    clock,
    shown,
    close: it.close,
    types: () => recorded.map(({ type }) => type),
    recorded,
    tell: (change: Partial<ReaderStatus>) => onStatus({ ...well, ...change }),
    ready: (is: boolean) => onReady({ deviceId: 'bus', reader: 4 }, is),
    key: (key: 'set' | 'lost' | 'refused') => onKey({ deviceId: 'bus', reader: 4, key, at: 0 }),
    line: (state: DeviceStatus['state']) => {
      line = state;
    },
    remove: () => {
      placed = undefined;
    },
  };
}

describe('what befalls a reader on a bus', () => {
  it('is recorded when it begins and when it ends, once, with its place', async () => {
    const { tell, types, recorded } = await watched();
    tell({});
    tell({ state: 'not-answering' });
    tell({ state: 'offline' });
    tell({ state: 'offline' });
    tell({});
    tell({ tamper: true, powerFault: true });
    tell({ attached: 'tamper' });
    tell({ attached: 'normal', powerFault: false });
    expect(types()).toEqual([
      'reader.offline',
      'reader.online',
      'reader.tampered',
      'reader.power-failed',
      'reader.tamper-ended',
      'reader.power-restored',
    ]);
    expect(recorded[0]?.data).toEqual({ readerId: 'r', deviceId: 'bus', gateId: 'g', laneId: 'l' });
  });

  it('is told of the line alone when that is gone, and nothing is known of one that is silent', async () => {
    const { tell, types, line } = await watched();
    tell({ tamper: true });
    line('offline');
    tell({ state: 'offline' });
    tell({ state: 'not-answering', tamper: false });
    expect(types()).toEqual(['reader.tampered']);
  });

  it('of a key that can’t be read is told at once, whatever the line, and over when the key is there', async () => {
    const { tell, types, line } = await watched();
    line('offline');
    tell({ state: 'connecting', key: 'none' });
    tell({ state: 'connecting', key: 'unreadable' });
    expect(types()).toEqual(['reader.key-unreadable']);
    const after = await watched([{ type: 'reader.key-unreadable' }]);
    after.tell({ state: 'connecting', key: 'none' });
    after.tell({ state: 'offline', key: 'unreadable' });
    expect(after.types()).not.toContain('reader.key-readable');
    after.tell({ state: 'connecting', key: 'held' });
    expect(after.types().at(-1)).toBe('reader.key-readable');
  });

  it('goes on where the log ends', async () => {
    const { tell, types } = await watched([
      { type: 'reader.offline' },
      { type: 'reader.online' },
      { type: 'reader.tampered' },
    ]);
    tell({ tamper: true });
    expect(types()).toEqual([]);
    tell({ tamper: false });
    expect(types()).toEqual(['reader.tamper-ended']);
  });

  it('that comes and goes does not fill the record: it is over when it has held', async () => {
    const { tell, types, clock } = await watched();
    for (let n = 0; n < 40; n += 1) {
      tell({ state: 'offline' });
      clock.advance(9_000);
      tell({});
      clock.advance(1_000);
    }
    expect(types()).toHaveLength(2 * lossesTold - 1);
    expect(types().at(-1)).toBe('reader.offline');
    // Silence for a moment is no holding.
    clock.advance(steadyMs - 2_000);
    tell({ state: 'not-answering' });
    tell({});
    clock.advance(steadyMs - 1);
    expect(types().at(-1)).toBe('reader.offline');
    clock.advance(1);
    expect(types().at(-1)).toBe('reader.online');
    expect(clock.pending()).toBe(0);
  });

  it('is not told to be over of a reader that was taken away, nor after the end', async () => {
    for (const end of ['remove', 'close'] as const) {
      const bus = await watched();
      for (let n = 0; n < lossesTold; n += 1) {
        bus.tell({ tamper: true });
        bus.tell({ tamper: false });
      }
      bus[end]();
      bus.clock.advance(2 * steadyMs);
      expect(bus.types().at(-1)).toBe('reader.tampered');
    }
  });

  it('of its key is recorded as it is told, and its idle light is lit when it takes commands', async () => {
    const { key, ready, types, shown } = await watched();
    for (const each of ['set', 'lost', 'refused'] as const) key(each);
    expect(types()).toEqual(['reader.key-set', 'reader.key-lost', 'reader.key-refused']);
    ready(true);
    ready(false);
    expect(shown).toEqual(['4 idle']);
  });
});
