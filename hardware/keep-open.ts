/** All reconnecting, for every device: open, lose, wait, open again, and never wait for ever on a dead cable. */
import { asLinkFault } from './errors.ts';
import type { ByteLink, Cancel, Clock, LinkFault } from './ports.ts';

export interface LinkState {
  /** `connecting` only before the first answer; a device that is being tried again stays `offline`. */
  state: 'connecting' | 'online' | 'offline';
  fault?: LinkFault;
}

export interface KeepOpenParts {
  /** Rejects with a LinkFault. */
  open(): Promise<ByteLink>;
  clock: Clock;
  /** 0 up to 1, for the jitter. */
  random(): number;
  /** Readies a fresh link; the device is online when this is done, and a rejection gives the link up. */
  onOpen(link: ByteLink): void | Promise<void>;
  /** The link is gone; told before the state changes. */
  onLost(fault?: LinkFault): void;
  onState(state: LinkState): void;
  limits?: Partial<KeepOpenLimits>;
}

export interface KeepOpenLimits {
  firstDelayMs: number;
  maxDelayMs: number;
  /** An opening that takes longer is told as offline; it is still waited for, for a second one would find the port busy. */
  openMs: number;
  /** A write or a report that takes longer is a pulled cable. */
  writeMs: number;
  /** A link that held this long starts the back-off anew. */
  stableMs: number;
}

const defaults: KeepOpenLimits = {
  firstDelayMs: 250,
  maxDelayMs: 5_000,
  openMs: 1_500,
  writeMs: 1_000,
  stableMs: 2_000,
};

export interface KeptOpen {
  /** Stops trying and closes; settles within `writeMs` even when the system does not. */
  close(): Promise<void>;
}

export function keepOpen(parts: KeepOpenParts): KeptOpen {
  const { clock } = parts;
  const limits = { ...defaults, ...parts.limits };
  let failures = 0;
  let stopped = false;
  let current: { raw: ByteLink; lose: (fault?: LinkFault) => void } | undefined;
  let cancelRetry: Cancel | undefined;
  let lastClose: Promise<void> = Promise.resolve();

  function shut(raw: ByteLink): void {
    lastClose = within(
      clock,
      limits.writeMs,
      raw.close().catch(() => undefined),
    ).catch(() => undefined);
  }

  function retry(fault: LinkFault): void {
    if (stopped) return;
    parts.onState({ state: 'offline', fault });
    if (stopped) return;
    const full = Math.min(limits.maxDelayMs, limits.firstDelayMs * 2 ** Math.min(failures, 16));
    failures += 1;
    cancelRetry = clock.after(full * (0.5 + parts.random() / 2), () => void attempt());
  }

  async function attempt(): Promise<void> {
    cancelRetry = undefined;
    await lastClose;
    if (stopped) return;
    const cancelSlow = clock.after(limits.openMs, () => {
      if (!stopped) parts.onState({ state: 'offline', fault: { code: 'io', detail: slowOpening } });
    });
    let raw: ByteLink;
    try {
      raw = await parts.open();
    } catch (reason) {
      cancelSlow();
      retry(asLinkFault(reason));
      return;
    }
    cancelSlow();
    if (stopped) {
      shut(raw);
      return;
    }
    await run(raw);
  }

  async function run(raw: ByteLink): Promise<void> {
    let lost = false;
    let onlineAt: number | undefined;
    const lose = (fault?: LinkFault): void => {
      if (lost) return;
      lost = true;
      if (current?.raw === raw) current = undefined;
      if (onlineAt !== undefined && clock.monotonic() - onlineAt >= limits.stableMs) failures = 0;
      shut(raw);
      // Told first: what hangs on the line is gone with it, and not by itself.
      retry(fault ?? { code: 'io', detail: 'the link was closed' });
      parts.onLost(fault);
    };
    current = { raw, lose };
    raw.onClose(lose);
    try {
      await parts.onOpen(bounded(raw, clock, limits.writeMs, lose, () => lost));
    } catch (reason) {
      lose(asLinkFault(reason));
      return;
    }
    if (lost || stopped) return;
    onlineAt = clock.monotonic();
    parts.onState({ state: 'online' });
  }

  parts.onState({ state: 'connecting' });
  void attempt();

  return {
    async close() {
      stopped = true;
      cancelRetry?.();
      current?.lose();
      await lastClose;
    },
  };
}

const slowOpening = 'the system takes long to open this device: is it being reset, or its driver stuck?';

/** The same link, with every promise bounded in time, and silent once it is lost. */
function bounded(
  raw: ByteLink,
  clock: Clock,
  ms: number,
  lose: (fault: LinkFault) => void,
  isLost: () => boolean,
): ByteLink {
  const gone: LinkFault = { code: 'unplugged', detail: 'the device is no longer connected' };
  const limit = <T>(start: () => Promise<T>): Promise<T> =>
    isLost() ? Promise.reject(gone) : within(clock, ms, start());
  const orDrop = <T>(work: Promise<T>): Promise<T> =>
    work.catch((reason: unknown) => {
      const fault = asLinkFault(reason);
      lose(fault);
      throw fault;
    });
  const link: ByteLink = {
    onData: (listener) =>
      raw.onData((bytes) => {
        if (!isLost()) listener(bytes);
      }),
    onClose: (listener) => raw.onClose(listener),
    write: (bytes) => orDrop(limit(() => raw.write(bytes))),
    async close() {
      lose({ code: 'io', detail: 'the link was given up' });
    },
  };
  const { readFeature, writeFeature, setBaudRate } = raw;
  // A feature report that stays away says nothing about the cable: the driver judges, the read thread watches.
  if (readFeature) link.readFeature = (id, length) => limit(() => readFeature.call(raw, id, length));
  if (setBaudRate) link.setBaudRate = (baudRate) => orDrop(limit(() => setBaudRate.call(raw, baudRate)));
  if (writeFeature) link.writeFeature = (bytes) => limit(() => writeFeature.call(raw, bytes));
  return link;
}

/** Rejects with an `io` fault when `work` has not settled in time; a late answer is ignored. */
function within<T>(clock: Clock, ms: number, work: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const cancel = clock.after(ms, () => {
      const fault: LinkFault = { code: 'io', detail: `no answer from the device within ${ms} ms` };
      reject(fault);
    });
    work.then(
      (value) => {
        cancel();
        resolve(value);
      },
      (reason: unknown) => {
        cancel();
        reject(reason);
      },
    );
  });
}
