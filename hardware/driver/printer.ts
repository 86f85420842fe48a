/**
 * The driver of a receipt printer: looks how it is once a second, and prints one page at a time. A page that has begun
 * is never sent again: what the printer still holds of it follows by itself once there is paper.
 */
import { encodePage, type Paper } from '../codec/escpos/page.ts';
import {
  conditionOf,
  decodeStatus,
  encodeStatusRequest,
  type StatusQuestion,
  statusQuestions,
} from '../codec/escpos/status.ts';
import { isStopped, type PaperPart, type PrinterCondition, type PrintResult } from '../paper.ts';
import type { ByteLink, Cancel, Clock, LinkFault } from '../ports.ts';
import type { Driver, Printer } from './driver.ts';

export interface PrinterParts {
  clock: Clock;
  paper: Paper;
  /** Bits a second of the line, by which the time for a page is reckoned. */
  baudRate: number;
  /** Told at each change while the link holds. */
  onCondition(condition: PrinterCondition): void;
}

const lookEveryMs = 1_000;
const silenceMs = 1_000;
/** Looks in a row without an answer, after which the link is given up. */
const tries = 3;
/** What a page may take after its last byte, cutting included. */
const pageMs = 10_000;
/** What it held while it stood still is worked off in this time; the answer that has not come then was lost. */
const forgetMs = 5_000;
/** At the slowest rate a quarter of a second: what is written in one go counts as a pulled cable after a second. */
const sliceBytes = 256;
const bitsPerByte = 10;

/** One link, as long as it lasts. */
interface Session {
  link: ByteLink;
}

export function printerDriver({
  clock,
  paper,
  baudRate,
  onCondition,
}: PrinterParts): Driver & { printer: Printer } {
  let frames = 0;
  let frameErrors = 0;
  let lastFrameAt: number | undefined;
  let session: Session | undefined;
  let condition: PrinterCondition | undefined;
  let asked: ((bits?: number) => void) | undefined;
  const pauses = new Set<() => void>();
  /** Answers that the printer owes to pages of this link. */
  let owed = 0;
  /** Whoever waits for the last of them. */
  let settleMarks: (result: 'done' | 'late' | PrinterCondition | 'lost') => void = () => undefined;
  let line: Promise<unknown> = Promise.resolve();
  let pages: Promise<unknown> = Promise.resolve();

  /** A question within a picture would be a part of it: one use of the line after the other. */
  function onLine<T>(work: () => Promise<T>): Promise<T> {
    const done = line.then(work);
    line = done.catch(() => undefined);
    return done;
  }

  function ask(on: Session, question: StatusQuestion): Promise<number | undefined> {
    return new Promise((resolve) => {
      const settle = (bits?: number): void => {
        cancel();
        asked = undefined;
        resolve(bits);
      };
      const cancel = clock.after(silenceMs, settle);
      asked = settle;
      // A write that fails takes the link with it, and that settles what waits.
      on.link.write(encodeStatusRequest(question)).catch(() => undefined);
    });
  }

  /** Undefined when the printer does not answer. */
  async function look(on: Session): Promise<PrinterCondition | undefined> {
    const answers: Record<StatusQuestion, number> = { 1: 0, 2: 0, 3: 0, 4: 0 };
    for (const question of statusQuestions) {
      const bits = on === session ? await ask(on, question) : undefined;
      // An answer does not say to which question: after one is lost, no other is asked before the next look.
      if (bits === undefined) return undefined;
      answers[question] = bits;
    }
    if (on !== session) return undefined;
    const seen = conditionOf(answers);
    if (seen !== condition) {
      condition = seen;
      onCondition(seen);
    }
    if (isStopped(seen)) settleMarks(seen);
    return seen;
  }

  async function watch(on: Session): Promise<void> {
    let failures = 0;
    while (on === session) {
      await pause(lookEveryMs);
      if (on !== session) return;
      failures = (await onLine(() => look(on))) ? 0 : failures + 1;
      // The next link begins with the same questions, and says what is wrong.
      if (failures === tries && on === session) return on.link.close();
    }
  }

  /** Ends early when the link does. */
  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        cancel();
        pauses.delete(end);
        resolve();
      };
      const cancel = clock.after(ms, end);
      pauses.add(end);
    });
  }

  /** At the pace of the line: what the system would hold back for it, the next question would have to wait for. */
  async function write(on: Session, bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length && on === session; at += sliceBytes) {
      const slice = bytes.subarray(at, at + sliceBytes);
      await on.link.write(slice);
      if (on === session) await pause(lineMs(slice.length));
    }
  }

  const lineMs = (count: number) => (count * bitsPerByte * 1_000) / baudRate;

  function marks(ms: number): Promise<'done' | 'late' | PrinterCondition | 'lost'> {
    return new Promise((resolve) => {
      const cancel: Cancel = clock.after(ms, () => settleMarks('late'));
      settleMarks = (result) => {
        cancel();
        settleMarks = () => undefined;
        resolve(result);
      };
    });
  }

  async function printPage(parts: readonly PaperPart[]): Promise<PrintResult> {
    const on = session;
    const seen = on && (await onLine(() => look(on)));
    if (!on || !seen || on !== session) return { outcome: 'offline', begun: false };
    if (isStopped(seen)) return { outcome: seen, begun: false };
    // The rest of an earlier page comes first, so that its answer is not taken for this one's.
    if (owed > 0) {
      const rest = await marks(forgetMs);
      if (rest === 'lost') return { outcome: 'offline', begun: false };
      if (rest !== 'done' && rest !== 'late') return { outcome: stopped(rest), begun: false };
      owed = 0;
    }
    const bytes = encodePage(parts, paper);
    owed += 1;
    const done = marks(pageMs + 2 * lineMs(bytes.length));
    // A write that fails takes the link with it.
    await onLine(() => write(on, bytes)).catch(() => undefined);
    const end = await done;
    // A printer that is well has worked it off by now: the answer was lost.
    if (end === 'late') owed = 0;
    if (end === 'done') return { outcome: 'printed', begun: true };
    return { outcome: end === 'late' || end === 'lost' ? 'unknown' : stopped(end), begun: true };
  }

  function stop(): void {
    session = undefined;
    condition = undefined;
    owed = 0;
    asked?.();
    for (const end of [...pauses]) end();
    settleMarks('lost');
  }

  return {
    async opened(link) {
      const mine: Session = { link };
      session = mine;
      for (let attempt = 1; attempt <= tries; attempt += 1) {
        if (await onLine(() => look(mine))) {
          void watch(mine);
          return;
        }
      }
      const fault: LinkFault = { code: 'io', detail: `the printer did not answer ${tries} times` };
      throw fault;
    },
    received(bytes) {
      for (const byte of bytes) {
        const found = decodeStatus(byte);
        if (!found) {
          frameErrors += 1;
          continue;
        }
        frames += 1;
        lastFrameAt = clock.now();
        if (found.kind === 'status') asked?.(found.bits);
        else if (owed > 0) {
          owed -= 1;
          if (owed === 0) settleMarks('done');
        }
      }
    },
    lost: stop,
    counts: () => ({
      frames,
      frameErrors,
      ...(lastFrameAt === undefined ? {} : { lastFrameAt }),
      ...(condition === undefined ? {} : { printer: condition }),
    }),
    printer: {
      print(parts) {
        const page = pages.then(() => printPage(parts));
        // One that fails does not take those after it along.
        pages = page.catch(() => undefined);
        return page;
      },
    },
    async close() {
      stop();
    },
  };
}

function stopped(condition: PrinterCondition): Exclude<PrinterCondition, 'ready' | 'paper-low'> {
  return isStopped(condition) ? condition : 'offline';
}
