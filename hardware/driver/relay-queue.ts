/** One command in flight per board: the next one leaves when the one before is settled. */
import type { ByteLink, Cancel, Clock } from '../ports.ts';
import type { Switched, Switching } from './switching.ts';

export interface Command {
  /** 1-based. */
  channel: number;
  on: boolean;
  /** Asked when its turn has come: true drops it, for something newer has been asked of the channel. */
  outdated(): boolean;
  /** Monotonic milliseconds: a command that has not been written by then is dropped, and told so at once. */
  notAfter?: number;
  /** Told once. `written` is false when nothing was left for the wire. */
  settled(result: Switched, written: boolean): void;
}

export interface RelayQueue {
  /** Leaves within this call when the board is idle. */
  add(command: Command): void;
  attach(link: ByteLink): void;
  /** What is in flight becomes `unknown`, what waits becomes a `fault`. */
  detach(detail: string): void;
}

interface Waiting {
  command: Command;
  cancelExpiry: Cancel;
}

export function relayQueue(switching: Switching, clock: Pick<Clock, 'monotonic' | 'after'>): RelayQueue {
  let link: ByteLink | undefined;
  let waiting: Waiting[] = [];
  let inFlight: Command | undefined;

  function next(): void {
    while (link && !inFlight) {
      const first = waiting.shift();
      if (!first) return;
      const { command, cancelExpiry } = first;
      cancelExpiry();
      // Asked again here: after a busy stretch, a board may be free before an expired timer has had its turn.
      if (isLate(command)) {
        tooLate(command);
        continue;
      }
      if (command.outdated()) {
        command.settled({ outcome: 'fault', detail: 'overtaken by a newer command' }, false);
        continue;
      }
      inFlight = command;
      void switching.set(link, command.channel, command.on).then((result) => {
        // Settled already when the link was lost meanwhile; a late answer then says nothing.
        if (inFlight !== command) return;
        inFlight = undefined;
        command.settled(result, true);
        next();
      });
    }
  }

  const isLate = ({ notAfter = Number.POSITIVE_INFINITY }: Command) => clock.monotonic() >= notAfter;

  function tooLate(command: Command): void {
    const detail = 'too late: the board was not free in time, or was asked after the time had passed';
    command.settled({ outcome: 'fault', detail }, false);
  }

  /** A board that hangs must not keep whoever waits behind it: they are told when their time is over. */
  function expiryOf(command: Command): Cancel {
    if (command.notAfter === undefined || !Number.isFinite(command.notAfter)) return () => undefined;
    return clock.after(command.notAfter - clock.monotonic(), () => {
      waiting = waiting.filter((each) => each.command !== command);
      tooLate(command);
    });
  }

  return {
    add(command) {
      if (!link) {
        command.settled({ outcome: 'fault', detail: 'the board is offline' }, false);
        return;
      }
      waiting.push({ command, cancelExpiry: expiryOf(command) });
      next();
    },
    attach(fresh) {
      link = fresh;
      next();
    },
    detach(detail) {
      link = undefined;
      const lost = inFlight;
      const dropped = waiting;
      inFlight = undefined;
      waiting = [];
      lost?.settled({ outcome: 'unknown', detail }, true);
      for (const { command, cancelExpiry } of dropped) {
        cancelExpiry();
        command.settled({ outcome: 'fault', detail }, false);
      }
    },
  };
}
