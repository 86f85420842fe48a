/**
 * Use cases: another address or rate for a reader on a bus. A bus has one rate, so with another one all its readers go
 * there, or none stays: who has gone is brought back when one of them does not go along, or when the store can't follow.
 */
import type { z } from 'zod';
import type { LinePlace, OsdpBus } from '../../hardware/osdp-ports.ts';
import type { By, NewEvent } from '../contract/events.ts';
import { baudRate as baudRates, type Moved, type MovedReader, type move } from '../contract/readers.ts';
import type { Reader, Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import type { EventLog } from '../events/port.ts';
import type { Log } from '../log.ts';
import { whereOf } from './bus-readers.ts';
import type { Devices } from './devices.ts';
import { invalid } from './model-facts.ts';
import type { ReaderStates } from './reader-states.ts';
import type { StrayedReaders } from './strayed-readers.ts';

export interface ReaderMoveParts {
  events: Pick<EventLog, 'change'>;
  reader: Reader;
  devices: Pick<Devices, 'configure'>;
  states: Pick<ReaderStates, 'of'>;
  strayed: Pick<StrayedReaders, 'of'>;
  log: Log;
}

interface Row {
  id: string;
  name: string;
  deviceId: string;
  number: number;
  lane: { id: string; gateId: string } | null;
}
type Found = (id: string) => Promise<{ row: Row; bus: OsdpBus }>;

/** What came of one reader of a bus; `at`, where it is now as far as anybody knows. */
interface Went extends Pick<MovedReader, 'outcome'> {
  row: Row;
  at: LinePlace;
}

/** Of a bus whose rate nobody has set. */
const usualRate = 9_600;

export function readerMoves(parts: ReaderMoveParts, found: Found) {
  const { events, reader, devices, states, strayed, log } = parts;

  async function rateOf(deviceId: string): Promise<number> {
    const device = await reader.device.findUnique({ where: { id: deviceId } });
    const { baudRate } = JSON.parse(device?.options ?? '{}') as Record<string, unknown>;
    return typeof baudRate === 'number' ? baudRate : usualRate;
  }

  /** Throws conflict where one of them takes no commands now: at the old rate it would be lost. */
  async function othersOn({ deviceId, id }: Row): Promise<Row[]> {
    const where = { deviceId, NOT: { id } };
    const orderBy = { number: 'asc' } as const;
    const others = await reader.reader.findMany({ where, include: { lane: true }, orderBy });
    const away = others.find(({ number }) => states.of(deviceId, number)?.ready !== true);
    if (away)
      throw new RequestError(
        'conflict',
        `Reader "${away.name}" of this bus can't be told the new rate now.`,
        { why: 'reader.other-away', params: { name: away.name } },
      );
    return others;
  }

  async function checkFree({ deviceId, number }: Row, address: number): Promise<void> {
    if (address === number) return;
    const place = { deviceId_number: { deviceId, number: address } };
    if (await reader.reader.findUnique({ where: place }))
      throw invalid('address', `Another reader of this bus has the address ${address}.`, {
        why: 'reader.address-taken',
        params: { number: address },
      });
  }

  async function tell(bus: OsdpBus, row: Row, to: LinePlace): Promise<Went> {
    try {
      const { outcome, at = to } = await bus.moveReader(row.number, to);
      return { row, outcome, at };
    } catch (error) {
      log.error({ err: error, readerId: row.id }, 'the key of a reader that is to move could not be stored');
      return { row, outcome: 'offline', at: to };
    }
  }

  /** To where its row still says that it is, when it has gone. */
  async function broughtBack(bus: OsdpBus, went: Went, baudRate: number): Promise<Went> {
    const { row, at, outcome } = went;
    if (hasGone(went) && (await bus.bringBack(row.number, at)).outcome === 'done')
      return { row, outcome: 'returned', at: { address: row.number, baudRate } };
    return outcome === 'done' ? { ...went, outcome: 'elsewhere' } : went;
  }

  async function bringAllBack(
    bus: OsdpBus,
    [first, ...others]: readonly [Went, ...Went[]],
    baudRate: number,
  ): Promise<[Went, ...Went[]]> {
    const after: [Went, ...Went[]] = [await broughtBack(bus, first, baudRate)];
    for (const each of others) after.push(await broughtBack(bus, each, baudRate));
    return after;
  }

  const record = (list: readonly NewEvent[]) =>
    events.change(async () => ({ result: undefined, events: [...list] }));

  return {
    /**
     * Its row, its lanes and, where the rate is another, its bus and all others on it follow it to where it says that it
     * goes. Throws not-found, invalid-request and conflict before any reader hears of it.
     */
    async move(id: string, to: z.output<typeof move>, by: By): Promise<Moved> {
      const { row, bus } = await found(id);
      await checkFree(row, to.address);
      const rate = await rateOf(row.deviceId);
      const others = to.baudRate === rate ? [] : await othersOn(row);
      const told = (each: Went) => movedEvent(each, by);
      const first = await tell(bus, row, to);
      const known = baudRates.safeParse(first.at.baudRate).data;
      if (first.outcome === 'done' && known === undefined) first.outcome = 'elsewhere';
      if (first.outcome !== 'done' || known === undefined) {
        await record([told(first)]);
        return answer([first]);
      }
      let all: [Went, ...Went[]] = [first];
      for (const each of known === rate ? [] : others) {
        const went = await tell(bus, each, { address: each.number, baudRate: known });
        const along = went.at.address === each.number && went.at.baudRate === known;
        all.push(went.outcome === 'done' && !along ? { ...went, outcome: 'elsewhere' } : went);
        if (went.outcome !== 'done' || !along) break;
      }
      if (all.some(({ outcome }) => outcome !== 'done')) {
        const before = all;
        all = await bringAllBack(bus, all, rate);
        await record([...before.map(told), ...all.filter((each) => !before.includes(each)).map(told)]);
        return answer(all);
      }
      const going = {
        id,
        deviceId: row.deviceId,
        from: row.number,
        address: first.at.address,
        baudRate: known,
      };
      try {
        await events.change(async (tx) => {
          const moved = await follow(tx, going, by);
          return { result: undefined, events: [...all.map(told), ...moved] };
        });
      } catch (error) {
        await bringAllBack(bus, all, rate);
        throw error;
      }
      await devices.configure();
      return answer(all);
    },
    /** A reader that is elsewhere comes back to where its row says that it is. Throws not-found, conflict. */
    async bringBack(id: string, by: By): Promise<Moved> {
      const { row, bus } = await found(id);
      const { deviceId, number } = row;
      const at = strayed.of(deviceId, number);
      if (!at)
        throw new RequestError('conflict', 'This reader is where it should be.', {
          why: 'reader.not-strayed',
        });
      const { outcome } = await bus.bringBack(number, at);
      const back = outcome === 'done';
      const home = { address: number, baudRate: await rateOf(deviceId) };
      const went: Went = { row, outcome: back ? 'returned' : outcome, at: back ? home : at };
      await record([movedEvent(went, by)]);
      return answer([went]);
    },
  };
}

const hasGone = ({ outcome }: Went) => outcome === 'done' || outcome === 'elsewhere' || outcome === 'lost';

function movedEvent({ row, outcome, at }: Went, by: By): NewEvent {
  const { number, lane } = row;
  const data = { ...whereOf({ ...row, lane: lane ?? undefined }), from: number, outcome };
  return { type: 'reader.moved', data: { ...data, to: at.address, baudRate: at.baudRate }, ...by };
}

/** @param all with the first, of whom the answer is. */
function answer(all: readonly [Went, ...Went[]]): Moved {
  const [{ outcome, at }, ...others] = all;
  return { outcome, at, others: others.map(({ row, ...each }) => ({ name: row.name, ...each })) };
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
