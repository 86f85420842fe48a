/**
 * Use cases: what a person does with a reader on a bus beside setting it up. The record stands before the act where the
 * act can't be taken back; what came of it is recorded after it.
 */
import type { z } from 'zod';
import type { FoundReader, OsdpBus, ReaderResult, ReaderSearch } from '../../hardware/osdp-ports.ts';
import type { Clock, Hardware } from '../../hardware/ports.ts';
import type { By, NewEvent } from '../contract/events.ts';
import { baudRate as baudRates, type search } from '../contract/readers.ts';
import type { FileAnswer } from '../contract/route.ts';
import { RequestError } from '../errors.ts';
import { whereOf } from './bus-readers.ts';
import { type ReaderMoveParts, readerMoves } from './move-reader.ts';

export interface ReaderActionParts extends ReaderMoveParts {
  hardware: Pick<Hardware, 'osdp'>;
  clock: Pick<Clock, 'now' | 'after'>;
}

export type ReaderActions = ReturnType<typeof readerActions>;
type Outcome = Pick<ReaderResult, 'outcome'>;

export function readerActions(parts: ReaderActionParts) {
  const { events, reader, hardware, states, clock, log } = parts;
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
    ...readerMoves(parts, found),
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
