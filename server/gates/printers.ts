/** What stops printers, for the record: no paper, an open cover, an error. That one does not answer is `device.offline`. */
import { isStopped } from '../../hardware/paper.ts';
import type { Clock, Hardware } from '../../hardware/ports.ts';
import type { NewEvent } from '../contract/events.ts';
import type { EventLog } from '../events/port.ts';
import type { Log } from '../log.ts';

export interface PrintersParts {
  events: Pick<EventLog, 'readAfter'>;
  hardware: Pick<Hardware, 'on'>;
  record(event: NewEvent): Promise<unknown>;
  clock: Pick<Clock, 'now'>;
  log: Log;
}

/** Goes on from what the log last said, so that what ended while the server was away ends in the record too. */
export async function watchPrinters(parts: PrintersParts): Promise<{ settled(): Promise<void> }> {
  const { hardware, clock, log } = parts;
  const stopped = await lastTold(parts.events);
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
    const before = stopped.get(deviceId);
    if (isStopped(condition)) {
      if (before === condition) return;
      stopped.set(deviceId, condition);
      record({ type: 'printer.stopped', data: { deviceId, condition } });
    } else if (stopped.delete(deviceId)) record({ type: 'printer.ready', data: { deviceId } });
  });

  return {
    async settled() {
      while (pending.size > 0) await Promise.all(pending);
    },
  };
}

const page = 1_000;
const types = ['printer.stopped', 'printer.ready', 'device.removed'] as const;

async function lastTold(log: Pick<EventLog, 'readAfter'>): Promise<Map<string, string>> {
  const stopped = new Map<string, string>();
  for (let after = 0; ; ) {
    const events = await log.readAfter(after, page, types);
    for (const { seq, type, data } of events) {
      after = seq;
      if (type === 'printer.stopped') stopped.set(data.deviceId, data.condition);
      else stopped.delete((data as { deviceId: string }).deviceId);
    }
    if (events.length < page) return stopped;
  }
}
