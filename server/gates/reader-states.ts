/** The readers on buses as they last were: what others ask by their place. */
import type { ReaderPlace, ReaderStatus } from '../../hardware/osdp-ports.ts';
import type { Cancel, Clock, Hardware } from '../../hardware/ports.ts';

export interface ReaderStates {
  /** Undefined for what is on no bus, or not there yet. */
  of(deviceId: string, number: number): ReaderStatus | undefined;
  /** In the secure channel under its own key, now. */
  secure(deviceId: string, number: number): boolean;
  /** Told when a reader takes commands, and when it does no more: it is on line before it has said what it is. */
  onReady(listener: (place: ReaderPlace, ready: boolean) => void): Cancel;
  /** Told of each status with the one before it. */
  onStatus(listener: (status: ReaderStatus, before: ReaderStatus | undefined) => void): Cancel;
}

/** After which a reader in the clear has said what it is, on a full bus too. */
const identifiedMs = 2_000;

export function readerStates(hardware: Pick<Hardware, 'on'>, clock: Pick<Clock, 'after'>): ReaderStates {
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
    onReady(listener) {
      const waiting = new Map<string, Cancel>();
      return onStatus((status, before) => {
        const [is, was] = [mayWork(status), before !== undefined && mayWork(before)];
        if (is === was) return;
        const { deviceId, reader } = status;
        const key = `${deviceId}/${reader}`;
        waiting.get(key)?.();
        waiting.delete(key);
        const tell = () => listener({ deviceId, reader }, is);
        if (is && !status.secure) waiting.set(key, clock.after(identifiedMs, tell));
        else tell();
      });
    },
  };
}

const mayWork = ({ state, key, secure }: ReaderStatus): boolean =>
  state === 'online' && (key === 'none' || secure);
