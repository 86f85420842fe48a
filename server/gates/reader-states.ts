/** The readers on buses as they last were: what others ask by their place. */
import type { ReaderPlace, ReaderStatus } from '../../hardware/osdp-ports.ts';
import type { Cancel, Hardware, RelayResult } from '../../hardware/ports.ts';
import type { Lane } from '../contract/gates.ts';

export interface ReaderStates {
  /** Undefined for what is on no bus, or not there yet. */
  of(deviceId: string, number: number): ReaderStatus | undefined;
  /** In the secure channel under its own key, now. */
  secure(deviceId: string, number: number): boolean;
  /** Told when a reader takes commands, and when it does no more. */
  onReady(listener: (place: ReaderPlace, ready: boolean) => void): Cancel;
  /** Told of each status with the one before it. */
  onStatus(listener: (status: ReaderStatus, before: ReaderStatus | undefined) => void): Cancel;
}

/** A board, or with `reader` one reader on a bus. */
export interface BoardPlace {
  deviceId: string;
  reader?: number | undefined;
}

/**
 * A lane that demands the secure channel takes nothing from a reader's input outside it, and tells nothing to its
 * output: whoever can write to the line could do the same.
 */
export function isBelieved(
  { demandsSecure }: Pick<Lane, 'demandsSecure'>,
  { deviceId, reader }: BoardPlace,
  readers: Pick<ReaderStates, 'secure'> | undefined,
): boolean {
  return !demandsSecure || reader === undefined || readers?.secure(deviceId, reader) === true;
}

/** What becomes of a relay that is therefore not told. */
export const outsideChannel: RelayResult = {
  outcome: 'fault',
  detail: 'the reader is outside the secure channel, which the lane demands',
};

export function readerStates(hardware: Pick<Hardware, 'on'>): ReaderStates {
  const last = new Map<string, ReaderStatus>();
  const listeners = new Set<{ tell: Parameters<ReaderStates['onStatus']>[0] }>();
  hardware.on('reader-status', (status) => {
    const key = `${status.deviceId}/${status.reader}`;
    const before = last.get(key);
    last.set(key, status);
    for (const { tell } of [...listeners]) tell(status, before);
  });
  const of = (deviceId: string, number: number) => last.get(`${deviceId}/${number}`);
  function onStatus(tell: Parameters<ReaderStates['onStatus']>[0]): Cancel {
    const entry = { tell };
    listeners.add(entry);
    return () => void listeners.delete(entry);
  }
  return {
    of,
    secure: (deviceId, number) => of(deviceId, number)?.secure === true,
    onStatus,
    onReady: (listener) =>
      onStatus(({ deviceId, reader, ready }, before) => {
        if (ready !== (before?.ready ?? false)) listener({ deviceId, reader }, ready);
      }),
  };
}
