/** What stops printers, for the record: no paper, an open cover, an error. One that is silent is `device.offline`. */
import { isStopped } from '../../hardware/paper.ts';
import type { Cancel, Clock, Hardware } from '../../hardware/ports.ts';
import type { NewEvent } from '../contract/events.ts';
import { pastEvents } from '../events/past-events.ts';
import type { EventLog } from '../events/port.ts';
import type { Log } from '../log.ts';

export interface PrintersParts {
  events: Pick<EventLog, 'readAfter'>;
  hardware: Pick<Hardware, 'on'>;
  record(event: NewEvent): Promise<unknown>;
  clock: Pick<Clock, 'now' | 'after'>;
  log: Log;
}

/** A sensor that can't make up its mind would fill the log: who has stopped is ready again when that has held so long. */
const steadyMs = 10_000;

export interface PrinterWatch {
  settled(): Promise<void>;
  close(): void;
}

/** Goes on from what the log last said, so that what ended while the server was away ends in the record too. */
export async function watchPrinters(parts: PrintersParts): Promise<PrinterWatch> {
  const { hardware, clock, log } = parts;
  const stopped = await lastTold(parts.events);
  const steady = new Map<string, Cancel>();
  const pending = new Set<Promise<unknown>>();

  function record(event: NewEvent): void {
    const done: Promise<unknown> = parts
      .record({ ...event, at: clock.now() })
      .catch((error: unknown) =>
        log.error({ err: error, event }, 'what stopped a printer could not be recorded'),
      )
      .finally(() => pending.delete(done));
    pending.add(done);
  }

  hardware.on('printer', ({ deviceId, condition }) => {
    steady.get(deviceId)?.();
    steady.delete(deviceId);
    // What else there is to it until it prints again, a cover that is opened for the new roll, is on its card.
    if (isStopped(condition) === stopped.has(deviceId)) return;
    if (isStopped(condition)) {
      stopped.add(deviceId);
      record({ type: 'printer.stopped', data: { deviceId, condition } });
      return;
    }
    const ready = () => {
      steady.delete(deviceId);
      stopped.delete(deviceId);
      record({ type: 'printer.ready', data: { deviceId } });
    };
    steady.set(deviceId, clock.after(steadyMs, ready));
  });

  return {
    async settled() {
      while (pending.size > 0) await Promise.all(pending);
    },
    close() {
      for (const cancel of steady.values()) cancel();
      steady.clear();
    },
  };
}

const types = ['printer.stopped', 'printer.ready', 'device.removed'] as const;

async function lastTold(log: Pick<EventLog, 'readAfter'>): Promise<Set<string>> {
  const stopped = new Set<string>();
  for await (const { type, data } of pastEvents(log, types)) {
    if (type === 'printer.stopped') stopped.add(data.deviceId);
    else stopped.delete(data.deviceId);
  }
  return stopped;
}
