/** One command in flight per board: the next one leaves when the one before is settled. */
import type { ByteLink } from '../ports.ts';
import type { Switched, Switching } from './switching.ts';

export interface Command {
  /** 1-based. */
  channel: number;
  on: boolean;
  /** Asked when its turn has come: true drops it, for something newer has been asked of the channel. */
  outdated(): boolean;
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

export function relayQueue(switching: Switching): RelayQueue {
  let link: ByteLink | undefined;
  let waiting: Command[] = [];
  let inFlight: Command | undefined;

  function next(): void {
    while (link && !inFlight) {
      const command = waiting.shift();
      if (!command) return;
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

  return {
    add(command) {
      if (!link) {
        command.settled({ outcome: 'fault', detail: 'the board is offline' }, false);
        return;
      }
      waiting.push(command);
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
      for (const command of dropped) command.settled({ outcome: 'fault', detail }, false);
    },
  };
}
