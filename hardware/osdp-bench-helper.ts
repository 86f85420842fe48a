/** Simulated OSDP readers behind the whole hardware: with wire time, and open to every fault. */
import { decodeCommand } from './codec/osdp/command.ts';
import { frameDecoder } from './codec/osdp/frame-decoder.ts';
import { osdpKey } from './codec/osdp/key.ts';
import { openHardware } from './index.ts';
import { memoryKeys } from './memory-keys.ts';
import type { OsdpKeyStore, ReaderStatus } from './osdp-ports.ts';
import type { Clock, Hardware, LinkOpener, Read } from './ports.ts';
import { manualClock } from './sim/manual-clock.ts';
import { type SimulatedOsdpBus, simOsdpBus } from './sim/osdp/bus.ts';
import { newPd, type Pd, type PdOptions, readCard } from './sim/osdp/pd-state.ts';

export const busId = 'bus';

/** Repeatable numbers from 0 up to 1. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface OsdpBench {
  hardware: Hardware;
  bus: SimulatedOsdpBus;
  keys: OsdpKeyStore;
  configure(): Promise<void>;
}

export interface OsdpBenchParts {
  clock: Clock;
  /** Addresses are 0, 1, 2 ... where they are not given. */
  pds: PdOptions[];
  /** The configured ones; all when absent. */
  readers?: number[];
  /** Readers hold this key, and so does the store. */
  keyed?: boolean;
  /** Without wire time the bus is as quick as its readers. */
  wireTime?: boolean;
  baudRate?: number;
  holdMs?: number;
  random?: () => number;
  keys?: OsdpKeyStore;
  onBytes?: (direction: 'tx' | 'rx', bytes: Uint8Array) => void;
}

export const keyOf = (address: number): Uint8Array =>
  Uint8Array.from({ length: 16 }, (_, at) => (address * 16 + at) & 0xff);

export async function osdpBench(parts: OsdpBenchParts): Promise<OsdpBench> {
  const { clock, keyed = false, wireTime = false, baudRate = 9600, holdMs = 0 } = parts;
  const random = parts.random ?? seeded(1);
  const keys = parts.keys ?? memoryKeys();
  const pds = parts.pds.map((options, index) => {
    const address = options.address ?? index;
    const key = keyed ? { key: osdpKey(keyOf(address)) } : {};
    return newPd({ ...key, ...options, address, ...(wireTime ? { baudRate } : {}) });
  });
  if (keyed)
    for (const { address } of pds)
      await keys.put({ deviceId: busId, reader: address }, { current: keyOf(address) });
  const bus = simOsdpBus({ clock, random }, pds);
  const opener: LinkOpener = {
    list: async () => ({ found: [] }),
    async open(_address, serial) {
      const link = await bus.open(wireTime ? serial?.baudRate : undefined);
      const { onBytes } = parts;
      if (!onBytes) return link;
      return {
        ...link,
        onData: (listener) =>
          link.onData((bytes) => {
            onBytes('rx', bytes);
            listener(bytes);
          }),
        write(bytes) {
          onBytes('tx', bytes);
          return link.write(bytes);
        },
      };
    },
  };
  const hardware = openHardware({
    clock,
    random,
    openers: { serial: opener },
    osdpKeys: keys,
    randomBytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(random() * 256)),
  });
  return {
    hardware,
    bus,
    keys,
    configure: () =>
      hardware.configure([
        {
          id: busId,
          model: 'osdp-bus',
          address: { kind: 'serial', path: '/dev/bus' },
          options: { baudRate, holdMs },
          readers: (parts.readers ?? pds.map(({ address }) => address)).map((address) => ({ address })),
        },
      ]),
  };
}

/** A card of 32 bits, of whom each number is another. */
export const cardOf = (number: number) => (pd: Pd) =>
  readCard(pd, 32, Uint8Array.of(number >>> 24, number >>> 16, number >>> 8, number));
export const cardValue = (number: number): string => number.toString(16).toUpperCase().padStart(8, '0');

export type WatchedBench = Awaited<ReturnType<typeof watchedBench>>;

/** The same on a clock set by hand, with all that it tells and sends written down. */
export async function watchedBench(parts: Omit<OsdpBenchParts, 'clock'>) {
  const clock = manualClock();
  const sent: Uint8Array[] = [];
  const onBytes = (direction: 'tx' | 'rx', bytes: Uint8Array) =>
    void (direction === 'tx' && sent.push(bytes));
  const it = await osdpBench({ ...parts, clock, onBytes });
  const reads: Read[] = [];
  const told: string[] = [];
  it.hardware.on('read', (read) => reads.push(read));
  it.hardware.on('reader-status', ({ reader, state, secure, key }) => {
    const word = `${reader} ${state} ${secure ? 'secure' : 'clear'} ${key}`;
    // Whatever else has changed.
    if (word !== told.at(-1)) told.push(word);
  });
  it.hardware.on('reader-key', ({ reader, key }) => told.push(`${reader} key ${key}`));
  await it.configure();
  const status = (reader = 0): ReaderStatus | undefined =>
    it.hardware.statuses()[0]?.readers?.find((each) => each.reader === reader);
  const values = () =>
    reads.map(
      ({ reader, credential }) =>
        `${reader} ${'value' in credential ? credential.value : credential.malformed}`,
    );
  return { ...it, clock, reads, told, sent, status, values };
}

/** What was said in the clear to readers, but for the handshake. */
export function clearCommands(sent: Uint8Array[]): string[] {
  const decoder = frameDecoder({ as: 'pd' });
  return sent
    .flatMap((bytes) => decoder.push(bytes))
    .flatMap((item) =>
      item.ok && !item.frame.block ? [decodeCommand(item.frame.id, item.frame.data).kind] : [],
    );
}
