/** The frames of a bus for whoever watches, and no work when nobody does. */
import { captureLine } from '../../codec/osdp/capture.ts';
import type { ReceivedFrame } from '../../codec/osdp/frame.ts';
import { frameDecoder } from '../../codec/osdp/frame-decoder.ts';
import type { Clock } from '../../ports.ts';

export function tracer(clock: Pick<Clock, 'now'>) {
  const sinks = new Set<(line: string) => void>();
  function tell(frame: ReceivedFrame): void {
    const line = captureLine(clock.now(), frame);
    for (const sink of [...sinks]) sink(line);
  }
  return {
    watch(sink: (line: string) => void): () => void {
      const entry: typeof sink = (line) => sink(line);
      sinks.add(entry);
      return () => void sinks.delete(entry);
    },
    sent(bytes: Uint8Array): void {
      if (sinks.size === 0) return;
      for (const item of frameDecoder({ as: 'pd' }).push(bytes)) if (item.ok) tell(item.frame);
    },
    heard(frame: ReceivedFrame): void {
      if (sinks.size > 0) tell(frame);
    },
  };
}
