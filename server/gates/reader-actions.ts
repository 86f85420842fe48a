/**
 * Use cases: what a person does with a reader on a bus beside setting it up. The record stands before the act where the
 * act can't be taken back; what came of it is recorded after it.
 */
import type { z } from 'zod';
import type {
  FoundReader,
  MoveResult,
  OsdpBus,
  ReaderResult,
  ReaderSearch,
} from '../../hardware/osdp-ports.ts';
import type { Clock, Hardware } from '../../hardware/ports.ts';
import type { By, NewEvent } from '../contract/events.ts';
import { baudRate as baudRates, type move, type search } from '../contract/readers.ts';
import type { FileAnswer } from '../contract/route.ts';
import type { Reader, Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import type { EventLog } from '../events/port.ts';
import type { Log } from '../log.ts';
import { whereOf } from './bus-readers.ts';
import type { Devices } from './devices.ts';
import { invalid } from './model-facts.ts';
import type { ReaderStates } from './reader-states.ts';

export interface ReaderActionParts {
  events: Pick<EventLog, 'change'>;
  reader: Reader;
  hardware: Pick<Hardware, 'osdp'>;
  devices: Pick<Devices, 'configure'>;
  states: Pick<ReaderStates, 'of'>;
  clock: Pick<Clock, 'now' | 'after'>;
  log: Log;
}

/** Of a bus whose rate nobody has set. */
const usualRate = 9_600;

export type ReaderActions = ReturnType<typeof readerActions>;
type Outcome = Pick<ReaderResult, 'outcome'>;
type Moved = Required<Pick<MoveResult, 'outcome' | 'at'>>;

export function readerActions(parts: ReaderActionParts) {
  const { events, reader, hardware, devices, states, clock, log } = parts;
  /** By reader, with who stopped it and why. */
  const files = new Map<string, { stopped?: By; cancel(): void }>();
  const searches = new Map<string, ReaderSearch>();

  const record = (event: NewEvent) => events.change(async () => ({ result: undefined, events: [event] }));

  /** Throws not-found, and conflict for what is on no bus. */
  async function found(id: string) {
    const row = await reader.reader.findUnique({ where: { id }, include: { lane: true } });
    if (!row) throw new RequestError('not-found', 'There is no such reader.');
    const bus = hardware.osdp(row.deviceId);
    if (!bus) throw new RequestError('conflict', 'This reader is on no OSDP bus.', { why: 'reader.no-bus' });
    return { row, bus, where: whereOf({ ...row, lane: row.lane ?? undefined }) };
  }

  /** Throws not-found. */
  async function busOf(deviceId: string): Promise<OsdpBus> {
    const bus = hardware.osdp(deviceId);
    if (!bus) throw new RequestError('not-found', 'There is no such bus.');
    return bus;
  }

  async function rateOf(deviceId: string): Promise<unknown> {
    const device = await reader.device.findUnique({ where: { id: deviceId } });
    const options = JSON.parse(device?.options ?? '{}') as Record<string, unknown>;
    return options.baudRate ?? usualRate;
  }

  /** Throws conflict where one of them takes no commands now: at the old rate it would be lost. */
  async function othersOn(deviceId: string, id: string) {
    const where = { deviceId, NOT: { id } };
    const others = await reader.reader.findMany({
      where,
      include: { lane: true },
      orderBy: { number: 'asc' },
    });
    const away = others.find(({ number }) => states.of(deviceId, number)?.ready !== true);
    if (away)
      throw new RequestError(
        'conflict',
        `Reader "${away.name}" of this bus can't be told the new rate now.`,
        {
          why: 'reader.other-away',
          params: { name: away.name },
        },
      );
    return others;
  }

  return {
    /** Throws conflict for a reader that holds its key: who took its place meanwhile would be given one unseen. */
    async enrol(id: string, minutes: number, by: By): Promise<void> {
      const { row, bus, where } = await found(id);
      const status = states.of(row.deviceId, row.number);
      if (minutes > 0 && status?.key === 'held' && status.secure)
        throw new RequestError('conflict', 'This reader holds its key.', { why: 'reader.holds-key' });
      const ms = minutes * 60_000;
      await record(
        minutes === 0
          ? { type: 'reader.enrolment-ended', data: where, ...by }
          : { type: 'reader.enrolment-opened', data: { ...where, until: clock.now() + ms }, ...by },
      );
      bus.enrol(row.number, ms);
    },
    async rotateKey(id: string, by: By): Promise<Outcome> {
      const { row, bus, where } = await found(id);
      const { outcome } = await bus.rotateKey(row.number);
      await record({ type: 'reader.key-rotated', data: { ...where, outcome }, ...by });
      return { outcome };
    },
    /**
     * Its row, its lanes and, where the rate is another, its bus follow it, once it has said that it goes. A bus has one
     * rate: all others on it are told the new one before, and have to be there.
     */
    async move(id: string, to: z.output<typeof move>, by: By): Promise<Moved> {
      const { row, bus, where } = await found(id);
      const { deviceId, number: from } = row;
      const { address, baudRate } = to;
      if (address !== from) {
        const taken = await reader.reader.findUnique({
          where: { deviceId_number: { deviceId, number: address } },
        });
        if (taken)
          throw invalid('address', `Another reader of this bus has the address ${address}.`, {
            why: 'reader.address-taken',
            params: { number: address },
          });
      }
      const others = baudRate === (await rateOf(deviceId)) ? [] : await othersOn(deviceId, id);
      for (const each of others) {
        const told = await bus.moveReader(each.number, { address: each.number, baudRate });
        const data = { ...whereOf({ ...each, lane: each.lane ?? undefined }), outcome: told.outcome };
        await record({
          type: 'reader.moved',
          data: { ...data, from: each.number, to: each.number, baudRate },
          ...by,
        });
      }
      const { outcome, at = to } = await bus.moveReader(from, to);
      // The others have gone to the new rate, and a rate that no bus has is none to follow.
      const rate = baudRates.safeParse(others.length > 0 ? baudRate : at.baudRate).data ?? baudRate;
      await events.change(async (tx) => {
        const going = { id, deviceId, from, address: at.address, baudRate: rate };
        const moved = outcome === 'done' ? await follow(tx, going, by) : [];
        const data = { ...where, from, to: at.address, baudRate: at.baudRate, outcome };
        return { result: undefined, events: [{ type: 'reader.moved', data, ...by }, ...moved] };
      });
      if (outcome === 'done') await devices.configure();
      return { outcome, at };
    },
    /** Resolves when it has begun; the end is an event. Throws conflict while another file is on its way to this reader. */
    async sendFile(id: string, file: { type: number; bytes: Uint8Array }, by: By): Promise<void> {
      const { row, bus, where } = await found(id);
      if (files.has(id))
        throw new RequestError('conflict', `A file is being sent to reader "${row.name}" already.`, {
          why: 'reader.file-running',
          params: { name: row.name },
        });
      const entry: { stopped?: By; cancel(): void } = { cancel: () => {} };
      files.set(id, entry);
      const data = { ...where, bytes: file.bytes.length, fileType: file.type };
      try {
        await record({ type: 'reader.file-started', data, ...by });
      } catch (error) {
        files.delete(id);
        throw error;
      }
      const { result, cancel } = bus.sendFile(row.number, file);
      entry.cancel = cancel;
      if (entry.stopped) cancel();
      result
        .finally(() => files.delete(id))
        .then(({ outcome }) => {
          const who = outcome === 'stopped' ? (entry.stopped ?? by) : by;
          return record({ type: 'reader.file-ended', data: { ...where, outcome }, ...who });
        })
        .catch((error: unknown) =>
          log.error({ err: error, ...where }, 'the end of a file could not be recorded'),
        );
    },
    /** Its end is an event, in the name of who stopped it. Where none is on its way, nothing happens. */
    async stopFile(id: string, by: By): Promise<void> {
      await found(id);
      const entry = files.get(id);
      if (!entry) return;
      entry.stopped ??= by;
      entry.cancel();
    },
    async search(
      deviceId: string,
      { baudRates: rates, addresses }: z.output<typeof search>,
      by: By,
    ): Promise<void> {
      const bus = await busOf(deviceId);
      await record({ type: 'bus.search-started', data: { deviceId }, ...by });
      searches.get(deviceId)?.cancel();
      const running = bus.search({
        baudRates: rates ?? baudRates.options.map(({ value }) => value),
        addresses: addresses ?? Array.from({ length: 127 }, (_, each) => each),
      });
      searches.set(deviceId, running);
      const over = (): FoundReader[] => {
        if (searches.get(deviceId) === running) searches.delete(deviceId);
        return [];
      };
      void running.found.then(over, over);
    },
    async stopSearch(deviceId: string): Promise<void> {
      await busOf(deviceId);
      searches.get(deviceId)?.cancel();
    },
    async trace(deviceId: string, seconds: number, by: By): Promise<FileAnswer> {
      const bus = await busOf(deviceId);
      await record({ type: 'bus.traced', data: { deviceId, seconds }, ...by });
      const lines: string[] = [];
      const end = bus.trace((line) => lines.push(line));
      await new Promise<void>((resolve) => void clock.after(seconds * 1_000, resolve));
      end();
      return { contentType: 'application/x-ndjson', bytes: Buffer.from(lines.join('')) };
    },
  };
}

async function follow(
  tx: Tx,
  to: { id: string; deviceId: string; from: number; address: number; baudRate: number },
  by: By,
): Promise<NewEvent[]> {
  const { id, deviceId, from, address, baudRate } = to;
  const told: NewEvent[] = [];
  if (address !== from) {
    await tx.reader.update({ where: { id }, data: { number: address } });
    // Whoever comes to the old address is another.
    await tx.readerKey.deleteMany({ where: { deviceId, number: from } });
    for (const which of ['output', 'dps', 'rex'] as const) {
      const [device, field] = [`${which}DeviceId`, `${which}Reader`];
      const lanes = await tx.lane.findMany({ where: { [device]: deviceId, [field]: from } });
      for (const { id: laneId, gateId } of lanes) {
        await tx.lane.update({ where: { id: laneId }, data: { [field]: address } });
        const changes = { [field]: { from, to: address } };
        told.push({ type: 'lane.changed', data: { gateId, laneId, fields: [field], changes }, ...by });
      }
    }
  }
  const device = await tx.device.findUnique({ where: { id: deviceId } });
  const options = JSON.parse(device?.options ?? '{}') as Record<string, unknown>;
  if (device && options.baudRate !== baudRate) {
    await tx.device.update({
      where: { id: deviceId },
      data: { options: JSON.stringify({ ...options, baudRate }) },
    });
    const before = typeof options.baudRate === 'number' ? options.baudRate : null;
    const changes = { 'options.baudRate': { from: before, to: baudRate } };
    told.push({ type: 'device.changed', data: { deviceId, fields: ['options'], changes }, ...by });
  }
  return told;
}
