/**
 * The driver of every relay board. A pulse is closed by a supervised timer: the OFF is repeated until the board
 * has taken it, also across a lost link, and `onStuck` is told when that takes too long. An ON is never repeated.
 */
import type { ByteLink, Cancel, Clock, LinkFault, PulseLimit, RelayResult } from '../ports.ts';
import type { Driver } from './driver.ts';
import { relayQueue } from './relay-queue.ts';
import type { Switched, Switching } from './switching.ts';

export interface RelayBoardParts {
  clock: Clock;
  switching: Switching;
  /** A relay that should be off and, as far as can be told, is not. */
  onStuck(channel: number, detail: string): void;
}

/** How long an OFF may fail before someone is told, and how often it is tried. */
const stuckAfterMs = 2_000;
const retryMs = 200;
const stuckRetryMs = 1_000;
const closeMs = 1_000;
/** Longer than any lane needs; a latch is what `hold` is for. */
const maxPulseMs = 600_000;

interface Channel {
  number: number;
  known: boolean | undefined;
  held: boolean;
  /** Monotonic end of the running pulse. */
  until?: number;
  cancelEnd?: Cancel;
  /** Being switched off, and not yet known to be. */
  closing?: { stuck: boolean; lastDetail: string; cancelStuck: Cancel; cancelRetry?: Cancel };
}

export function relayBoardDriver({ clock, switching, onStuck }: RelayBoardParts): Driver {
  const queue = relayQueue(switching, clock);
  const channels: Channel[] = Array.from({ length: switching.channels }, (_, index) => ({
    number: index + 1,
    known: undefined,
    held: false,
  }));
  let ready = false;
  let generation = 0;
  let closed = false;
  let frames = 0;
  let frameErrors = 0;
  let lastFrameAt: number | undefined;

  /** Notes what a settled command says about the board. */
  function note(channel: Channel, on: boolean, result: Switched, written: boolean): void {
    if (!written) return;
    const good = isGood(result);
    if (good) {
      frames += 1;
      lastFrameAt = clock.now();
    } else frameErrors += 1;
    channel.known = good ? on : undefined;
    if (result.states) for (const other of channels) other.known = result.states[other.number - 1];
  }

  function send(
    channel: Channel,
    on: boolean,
    settled: (result: Switched, written: boolean) => void,
    // An opening that still waits when the board is being closed is not let out any more.
    outdated: () => boolean = () => on && closed,
    notAfter?: number,
  ): void {
    queue.add({
      channel: channel.number,
      on,
      outdated,
      ...(notAfter === undefined ? {} : { notAfter }),
      settled(result, written) {
        note(channel, on, result, written);
        settled(result, written);
      },
    });
  }

  const inUse = (channel: Channel): boolean =>
    channel.held || (channel.until !== undefined && channel.until > clock.monotonic());

  function stopClosing(channel: Channel): void {
    channel.closing?.cancelStuck();
    channel.closing?.cancelRetry?.();
    delete channel.closing;
  }

  function endPulse(channel: Channel): void {
    channel.cancelEnd?.();
    delete channel.cancelEnd;
    delete channel.until;
  }

  /** The pulse lasts `ms` from now at least: a second one extends the first, and never cuts it short. */
  function runUntil(channel: Channel, ms: number): void {
    stopClosing(channel);
    const until = Math.max(channel.until ?? 0, clock.monotonic() + ms);
    channel.cancelEnd?.();
    channel.until = until;
    channel.cancelEnd = clock.after(until - clock.monotonic(), () => {
      endPulse(channel);
      if (!channel.held) switchOff(channel);
    });
  }

  /** Starts the supervised OFF; `first` is told how the first try went. */
  function switchOff(channel: Channel, first?: (result: RelayResult) => void): void {
    if (!channel.closing) {
      const closing: NonNullable<Channel['closing']> = {
        stuck: false,
        lastDetail: 'the board has not answered',
        cancelStuck: clock.after(stuckAfterMs, () => {
          closing.stuck = true;
          onStuck(channel.number, closing.lastDetail);
        }),
      };
      channel.closing = closing;
    }
    tryOff(channel, first);
  }

  function tryOff(channel: Channel, told?: (result: RelayResult) => void): void {
    // Without a link there is nothing to try: the next one begins with all channels off.
    send(
      channel,
      false,
      (result, written) => {
        if (!written && inUse(channel)) {
          told?.({ outcome: 'sent', detail: 'the channel is in use again' });
          return;
        }
        told?.(result);
        if (isGood(result)) stopClosing(channel);
        const { closing } = channel;
        if (!closing) return;
        closing.lastDetail = result.detail ?? result.outcome;
        closing.cancelRetry?.();
        if (!written || !ready) return;
        closing.cancelRetry = clock.after(closing.stuck ? stuckRetryMs : retryMs, () => tryOff(channel));
      },
      () => inUse(channel),
    );
  }

  function refused(number: number): RelayResult | Channel {
    const channel = channels[number - 1];
    if (!channel) return { outcome: 'fault', detail: `the board has no channel ${number}` };
    if (closed || !ready) return { outcome: 'fault', detail: 'the board is offline' };
    return channel;
  }

  async function pulse(number: number, ms: number, { notAfter }: PulseLimit = {}): Promise<RelayResult> {
    const channel = refused(number);
    if ('outcome' in channel) return channel;
    if (!(ms > 0 && ms <= maxPulseMs))
      return { outcome: 'fault', detail: `a pulse of ${ms} ms is not possible` };
    return new Promise((resolve) => {
      const settled = (result: Switched, written: boolean) => {
        // With the board being closed, an OFF is already in the queue behind this.
        if (written && !closed) runUntil(channel, ms);
        resolve(plain(result));
      };
      send(channel, true, settled, undefined, notAfter);
    });
  }

  async function hold(number: number, on: boolean): Promise<RelayResult> {
    const channel = refused(number);
    if ('outcome' in channel) return channel;
    channel.held = on;
    if (on) {
      return new Promise((resolve) => {
        send(channel, true, (result, written) => {
          if (result.outcome === 'fault') {
            channel.held = false;
            if (written && !inUse(channel)) switchOff(channel);
          } else if (channel.held) stopClosing(channel);
          resolve(plain(result));
        });
      });
    }
    if (inUse(channel)) return { outcome: 'sent', detail: 'released; the running pulse ends by itself' };
    return new Promise((resolve) => switchOff(channel, (result) => resolve(plain(result))));
  }

  function allOff(each: (channel: Channel, result: Switched) => void): Promise<unknown> {
    return Promise.all(
      channels.map(
        (channel) =>
          new Promise<void>((resolve) => {
            send(channel, false, (result) => {
              each(channel, result);
              resolve();
            });
          }),
      ),
    );
  }

  /** All off, within a bound; what succeeds is taken out of `failed`. */
  async function offWithin(failed: Map<number, string>): Promise<void> {
    let cancel: Cancel = () => undefined;
    const bound = new Promise<void>((resolve) => {
      cancel = clock.after(closeMs, resolve);
    });
    const off = allOff((channel, result) => {
      if (isGood(result)) failed.delete(channel.number);
      else failed.set(channel.number, result.detail ?? result.outcome);
    });
    await Promise.race([off, bound]);
    cancel();
  }

  return {
    board: { pulse, hold },
    async opened(link: ByteLink) {
      generation += 1;
      const mine = generation;
      queue.attach(link);
      let broken: LinkFault | undefined;
      await allOff((channel, result) => {
        if (isGood(result)) stopClosing(channel);
        else if (!switching.readsBack) broken = { code: 'io', detail: result.detail ?? result.outcome };
      });
      if (broken) throw broken;
      // Lost meanwhile: the next link begins anew.
      if (mine !== generation) return;
      ready = true;
      // A board that answers but does not obey is online, and someone has to be told about it.
      for (const channel of channels) if (channel.known !== false) switchOff(channel);
    },
    received: () => undefined,
    lost(fault) {
      ready = false;
      generation += 1;
      queue.detach(fault?.detail ?? 'the board is offline');
      for (const channel of channels) {
        const wasOn = channel.held || channel.until !== undefined;
        // Neither a hold nor a pulse outlives its link: opening again is for whoever decides, not for a reconnect.
        channel.held = false;
        channel.known = undefined;
        channel.closing?.cancelRetry?.();
        endPulse(channel);
        if (wasOn && !channel.closing && !closed) switchOff(channel);
      }
    },
    counts: () => ({
      frames,
      frameErrors,
      ...(lastFrameAt === undefined ? {} : { lastFrameAt }),
      readsBack: switching.readsBack,
      channels: channels.map((channel) => channel.known),
    }),
    async close() {
      closed = true;
      const failed = new Map<number, string>();
      for (const channel of channels) {
        if (ready) failed.set(channel.number, 'the board did not answer in time');
        else if (channel.closing) failed.set(channel.number, 'given up while the board was offline');
        channel.held = false;
        endPulse(channel);
        stopClosing(channel);
      }
      if (ready) await offWithin(failed);
      for (const [channel, detail] of failed) onStuck(channel, detail);
    },
  };
}

const isGood = ({ outcome }: RelayResult): boolean => outcome === 'sent' || outcome === 'confirmed';

function plain({ outcome, detail }: Switched): RelayResult {
  return detail === undefined ? { outcome } : { outcome, detail };
}
