/** The simulated receipt printer: it prints what comes while it has paper and its cover is closed, and keeps the rest. */

import { type PrinterCommand, printerDecoder } from '../codec/escpos/printer-side.ts';
import { encodeMark, encodeStatus } from '../codec/escpos/status.ts';
import { isStopped, type PrinterCondition } from '../paper.ts';
import type { PrintedPage } from '../ports.ts';
import { type SimParts, simBody } from './body.ts';
import type { SimulatedUnit } from './unit.ts';

/** What feeding a page to the cutter takes. */
const cutMs = 500;

export function simPrinter(parts: SimParts, model: string, baudRate: number): SimulatedUnit {
  const decoder = printerDecoder();
  const pages: PrintedPage[] = [];
  let condition: PrinterCondition = 'ready';
  let cutting = false;
  /** What has come and is not printed yet. */
  let held: PrinterCommand[] = [];
  let page: PrintedPage = { lines: [], pictures: [] };

  const body = simBody(
    parts,
    {
      stream: true,
      byteMs: 10_000 / baudRate,
      // Answers alone, which are one byte: none of them has bit 7 set.
      damage: (message) =>
        message.map((bytes) => (bytes.length === 1 ? bytes.map((byte) => byte | 0x80) : bytes)),
    },
    {
      received(bytes) {
        for (const item of decoder.push(bytes)) {
          if (!item.ok) continue;
          const { frame } = item;
          // Answered at once, also while the printer stands still.
          if (frame.command === 'status') body.tell([Uint8Array.of(encodeStatus(condition, frame.question))]);
          else held.push(frame);
        }
        work();
      },
    },
  );

  function work(): void {
    while (held.length > 0 && !cutting && !isStopped(condition)) {
      const next = held.shift();
      if (next?.command === 'line') page.lines.push(next.text);
      else if (next?.command === 'picture') page.pictures.push(next.rows);
      else if (next?.command === 'cut') {
        pages.push(page);
        page = { lines: [], pictures: [] };
        cutting = true;
        parts.clock.after(cutMs, () => {
          cutting = false;
          work();
        });
      } else if (next?.command === 'mark') body.tell([Uint8Array.of(encodeMark(condition))]);
    }
  }

  return {
    open() {
      decoder.reset();
      return body.open();
    },
    device: {
      model,
      printed: () => [...pages],
      setPrinter(next) {
        condition = next;
        work();
      },
      misbehave(rudeness) {
        // It gets its power over the cable, and forgets with it what it had not printed.
        if (rudeness.unplugged) {
          held = [];
          page = { lines: [], pictures: [] };
        }
        body.misbehave(rudeness);
      },
    },
  };
}
