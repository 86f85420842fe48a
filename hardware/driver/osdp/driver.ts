/** An OSDP bus as a device: reads, keys pressed, inputs, outputs and news of its readers, and what only a bus can do. */

import type { Reply } from '../../codec/osdp/reply.ts';
import { decodeWiegand } from '../../codec/wiegand.ts';
import { credentialKey } from '../../credential.ts';
import type { BusReader, OsdpBus, OsdpKeyStore, ReaderStatus } from '../../osdp-ports.ts';
import type { Cancel, Clock, HardwareEvents } from '../../ports.ts';
import type { Driver } from '../driver.ts';
import { resultOf } from './ask-result.ts';
import { busLoop } from './bus.ts';
import { sendFile } from './file.ts';
import { searchGuest } from './guest-search.ts';
import { commandsFor, shown } from './indicate.ts';
import { keyWork } from './key-work.ts';
import { loadKeys, saveKeys } from './keys.ts';
import { osdpLine } from './line.ts';
import { type ReaderOutputs, readerOutputs } from './outputs.ts';
import { type Effect, isReady, isSecure, type Pd, withKeys, withoutKeys } from './pd.ts';
import { newSearch } from './search.ts';
import { hourMeter, newsOf, statusOf } from './status.ts';
import { tracer } from './trace.ts';

export interface OsdpDriverParts {
  deviceId: string;
  clock: Clock;
  readers: readonly BusReader[];
  baudRate: number;
  store: OsdpKeyStore;
  randomBytes(count: number): Uint8Array;
  /** Whether a key seen at this monotonic time is news, not the repeat of a card that is still held. */
  isNews(key: string, at: number): boolean;
  emit<K extends keyof HardwareEvents>(event: K, payload: HardwareEvents[K]): void;
}

interface Reader {
  readonly outputs: ReaderOutputs;
  readonly errors: ReturnType<typeof hourMeter>;
  readonly inputs: boolean[];
  seen?: Pd;
  since: number;
  told: string;
}

const closeMs = 1_000;
const loadAgainMs = 2_000;

export function osdpDriver(parts: OsdpDriverParts): Driver & { osdp: OsdpBus } {
  const { deviceId, clock, baudRate, emit } = parts;
  const line = osdpLine({ clock, baudRate });
  const trace = tracer(clock);
  const loop = busLoop({
    clock,
    line,
    readers: parts.readers,
    baudRate,
    randomBytes: parts.randomBytes,
    onStep: follow,
    onSent: trace.sent,
    onFrame: trace.heard,
  });
  const reaches = (rate: number) => line.open && (line.changesRate || rate === baudRate);
  const work = keyWork({ ...parts, loop, reaches });
  const readers = new Map<number, Reader>();
  let closed = false;
  for (const { address } of parts.readers) {
    const output = (channel: number) => ({ deviceId, reader: address, channel });
    readers.set(address, {
      outputs: readerOutputs({
        clock,
        ask: (ask) => loop.ask(address, ask),
        outputs: () => loop.pd(address)?.capabilities?.outputs,
        onStuck: (channel, detail) =>
          emit('relay-stuck', { output: output(channel), at: clock.now(), detail }),
      }),
      errors: hourMeter(clock),
      inputs: [],
      since: clock.now(),
      told: '',
    });
  }
  const cancelLoads = new Map<number, Cancel>();
  for (const address of readers.keys()) load(address);

  /** A store that can't be read leaves the reader alone, and says so: in the clear it might be one that must not be. */
  function load(address: number): void {
    cancelLoads.delete(address);
    loadKeys(parts, { deviceId, reader: address }).then(
      (keys) => loop.change(address, (pd, now) => withKeys(pd, keys, now)),
      () => {
        if (closed) return;
        loop.change(address, withoutKeys);
        cancelLoads.set(
          address,
          clock.after(loadAgainMs, () => load(address)),
        );
      },
    );
  }

  function follow(pd: Pd, effects: readonly Effect[]): void {
    const reader = readers.get(pd.address);
    if (!reader) return;
    for (const effect of effects) {
      if (effect.kind === 'error') reader.errors.count();
      else if (effect.kind === 'heard') report(pd.address, reader, effect.reply);
      else if (effect.kind === 'key-told') {
        emit('reader-key', { deviceId, reader: pd.address, key: effect.key, at: clock.now() });
      } else if (effect.kind === 'keys') {
        // Not stored, both keys stand in the store still, and both are tried at the next start.
        saveKeys(parts, { deviceId, reader: pd.address }, effect.keys).catch(() => undefined);
      } else if (effect.kind === 'key-wanted') {
        void work.wanted(pd.address);
      }
    }
    tellNews(pd, reader);
  }

  function report(address: number, reader: Reader, reply: Reply): void {
    const at = clock.now();
    if (reply.kind === 'raw') {
      const read = decodeWiegand(reply);
      const credential = 'malformed' in read ? read : read.credential;
      const key = 'malformed' in credential ? `malformed:${credential.raw}` : credentialKey(credential);
      if (!parts.isNews(`${address}/${key}`, clock.monotonic())) return;
      emit('read', { deviceId, reader: address, at, credential });
    } else if (reply.kind === 'ostatr') reader.outputs.told(reply.on);
    else if (reply.kind === 'keypad') emit('keypad', { deviceId, reader: address, keys: reply.keys, at });
    else if (reply.kind === 'istatr') {
      for (const [input, active] of reply.active.entries()) {
        if (reader.inputs[input] === active) continue;
        reader.inputs[input] = active;
        emit('input', { deviceId, reader: address, input, active, at });
      }
    }
  }

  function tellNews(pd: Pd, reader: Reader): void {
    const { seen } = reader;
    reader.seen = pd;
    if (seen && isNoNews(seen, pd)) return;
    if (seen?.state !== pd.state) reader.since = clock.now();
    if (pd.state === 'offline') reader.outputs.gone();
    const status = readerStatus(pd, reader);
    const news = newsOf(status);
    if (news === reader.told) return;
    reader.told = news;
    emit('reader-status', status);
  }

  function readerStatus(pd: Pd, { since, errors }: Reader): ReaderStatus {
    return statusOf(pd, { deviceId, reader: pd.address }, since, errors.total(), clock);
  }

  const osdp: OsdpBus = {
    async show(reader, indication) {
      const commands = commandsFor(indication, loop.pd(reader)?.capabilities);
      return shown(await Promise.all(commands.map((command) => loop.ask(reader, { command, rank: 'show' }))));
    },
    enrol: work.enrol,
    rotateKey: work.rotate,
    moveReader: (reader, to) => work.move(reader, to, (address) => readers.has(address)),
    bringBack: work.bringBack,
    search({ baudRates, addresses }) {
      const rates = baudRates.filter(reaches);
      const known = { baudRate, addresses: [...readers.keys()] };
      const first = newSearch({ baudRates: rates, addresses }, known);
      const { guest, found, cancel } = searchGuest({
        deviceId,
        clock,
        first,
        onProgress: (progress) => emit('progress', progress),
      });
      if (line.open) loop.invite(guest);
      else cancel();
      return { found, cancel };
    },
    sendFile: (reader, file) =>
      sendFile(
        {
          clock,
          ask: (ask) => loop.ask(reader, ask),
          receiveBuffer: loop.pd(reader)?.capabilities?.receiveBuffer,
          onProgress: (done, total) => emit('progress', { kind: 'file', deviceId, reader, done, total }),
        },
        file,
      ),
    async makerCommand(reader, { vendor, data }) {
      const result = await loop.ask(reader, { command: { kind: 'mfg', vendor, data }, rank: 'slow' });
      const answer =
        result.kind === 'answered' && result.reply.kind === 'mfgrep' ? { data: result.reply.data } : {};
      return { ...resultOf(result), ...answer };
    },
    keepActive: async (reader, ms) =>
      resultOf(await loop.ask(reader, { command: { kind: 'keepactive', ms }, rank: 'show' })),
    trace: trace.watch,
  };

  return {
    osdp,
    boardOf: (reader) => readers.get(reader)?.outputs,
    async opened(link) {
      line.attach(link);
      loop.opened();
    },
    received: (bytes) => line.received(bytes),
    lost: (fault) => loop.lost(fault),
    counts: () => ({
      ...line.counts(),
      readers: loop.pds().flatMap((pd) => {
        const reader = readers.get(pd.address);
        return reader ? [readerStatus(pd, reader)] : [];
      }),
    }),
    async close() {
      let cancel = () => {};
      const bound = new Promise<void>((resolve) => {
        cancel = clock.after(closeMs, resolve);
      });
      await Promise.race([Promise.all([...readers.values()].map(({ outputs }) => outputs.close())), bound]);
      cancel();
      closed = true;
      for (const stop of cancelLoads.values()) stop();
      loop.close();
    },
  };
}

/** Whether nothing has changed between two values of a PD that anybody is told of. */
function isNoNews(before: Pd, pd: Pd): boolean {
  return (
    before.state === pd.state &&
    isSecure(before) === isSecure(pd) &&
    isReady(before) === isReady(pd) &&
    before.complaints === pd.complaints &&
    before.keyState === pd.keyState &&
    before.enrolUntil === pd.enrolUntil &&
    before.identity === pd.identity &&
    before.capabilities === pd.capabilities &&
    before.tamper === pd.tamper &&
    before.powerFault === pd.powerFault &&
    before.attached === pd.attached &&
    before.inputs === pd.inputs &&
    before.outputs === pd.outputs
  );
}
