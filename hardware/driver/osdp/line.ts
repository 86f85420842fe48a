/**
 * The line to the bus: one exchange at a time, and what came of it. An answer is over with its last byte; without one,
 * silence says when to give up waiting, and what stood in a damaged frame is let go.
 */
import type { ReceivedFrame } from '../../codec/osdp/frame.ts';
import { frameDecoder } from '../../codec/osdp/frame-decoder.ts';
import type { ByteLink, Cancel, Clock } from '../../ports.ts';

/** How the end of an exchange came, when no frame brought it. */
export type NoAnswer = 'silence' | 'damage' | 'unfit';

export interface Exchange {
  bytes: Uint8Array;
  /** When it goes at another rate than the others. */
  baudRate?: number;
  /** From now until silence is silence, milliseconds. */
  waitMs: number;
  /** Every frame that comes meanwhile, from whomever. The answer gives what to do when the line is free again. */
  frame(frame: ReceivedFrame): (() => void) | 'unfit' | 'ignored';
  ended(how: NoAnswer): void;
}

export interface OsdpLine {
  readonly open: boolean;
  readonly busy: boolean;
  attach(link: ByteLink): void;
  /** Whatever is under way ends without a word. */
  detach(): void;
  send(exchange: Exchange): void;
  received(bytes: Uint8Array): void;
  /** Whether exchanges can have a rate of their own. */
  readonly changesRate: boolean;
  counts(): { frames: number; frameErrors: number; lastFrameAt?: number };
}

/** A USB bridge may hold the rest of a frame back for 16 ms. */
const gapMs = 20;
/** A line that never falls silent is noise. */
const longestAnswerMs = 2_000;

export function osdpLine({ clock, baudRate }: { clock: Clock; baudRate: number }): OsdpLine {
  const decoder = frameDecoder({ as: 'acu' });
  let link: ByteLink | undefined;
  let current: Exchange | undefined;
  let cancelWait: Cancel | undefined;
  let cancelGap: Cancel | undefined;
  let switching = false;
  let overdue = false;
  let trouble: 'damage' | 'unfit' | undefined;
  let frames = 0;
  let frameErrors = 0;
  let lastFrameAt: number | undefined;

  function stop(): void {
    cancelWait?.();
    cancelGap?.();
    cancelWait = undefined;
    cancelGap = undefined;
    overdue = false;
    trouble = undefined;
    current = undefined;
  }

  /** The exchange is over; the line is free when it is back at its own rate. */
  function finish(then: () => void): void {
    const foreign = current?.baudRate !== undefined && current.baudRate !== baudRate;
    stop();
    if (foreign) atRate(baudRate, then);
    else then();
  }

  function atRate(rate: number, then: () => void): void {
    const on = link;
    switching = true;
    const done = () => {
      if (link !== on) return;
      switching = false;
      then();
    };
    // A rate that can't be set is a lost link, and whoever keeps it open says so.
    (on?.setBaudRate?.(rate) ?? Promise.resolve()).then(done, done);
  }

  function end(how: NoAnswer): void {
    const ended = current;
    finish(() => ended?.ended(how));
    decoder.idle();
  }

  function take(found: ReturnType<typeof decoder.push>): void {
    for (const item of found) {
      if (!item.ok) {
        frameErrors += 1;
        trouble ??= 'damage';
        continue;
      }
      frames += 1;
      lastFrameAt = clock.now();
      const fits = current?.frame(item.frame);
      if (fits === 'unfit') trouble = 'unfit';
      if (typeof fits !== 'function') continue;
      // What else came with it belongs to nobody.
      finish(fits);
      return;
    }
  }

  function fellSilent(): void {
    cancelGap = undefined;
    const asked = current;
    take(decoder.idle());
    if (asked && current === asked && (trouble || overdue)) end(trouble ?? 'silence');
  }

  /** What is coming is waited for as long as it comes. */
  function waited(): void {
    overdue = true;
    if (cancelGap) cancelWait = clock.after(longestAnswerMs, () => end('damage'));
    else end(trouble ?? 'silence');
  }

  function start(exchange: Exchange): void {
    decoder.idle();
    current = exchange;
    cancelWait = clock.after(exchange.waitMs, waited);
    // A write that fails is a lost link, and whoever keeps it open says so.
    link?.write(exchange.bytes).catch(() => undefined);
  }

  return {
    get open() {
      return link !== undefined;
    },
    get busy() {
      return current !== undefined || switching;
    },
    attach(fresh) {
      stop();
      switching = false;
      decoder.idle();
      link = fresh;
    },
    detach() {
      stop();
      switching = false;
      link = undefined;
    },
    send(exchange) {
      const rate = exchange.baudRate;
      if (rate === undefined || rate === baudRate) start(exchange);
      else atRate(rate, () => start(exchange));
    },
    received(bytes) {
      const asked = current;
      take(decoder.push(bytes));
      if (!asked || current !== asked || (!trouble && decoder.pending === 0)) return;
      cancelGap?.();
      cancelGap = clock.after(gapMs, fellSilent);
    },
    get changesRate() {
      return link?.setBaudRate !== undefined;
    },
    counts: () => ({ frames, frameErrors, ...(lastFrameAt === undefined ? {} : { lastFrameAt }) }),
  };
}
