/**
 * The people at the doors: where a relay lets go, somebody goes through and the door falls shut behind them. Also
 * those who force a door, hold it open, or go out by its button.
 */
import type { Cancel, Clock, Hardware, SimulatedDevice } from '../../hardware/ports.ts';
import type { DemoDoor } from './plan.ts';

export interface Doors {
  /** The doors there are now; those gone are forgotten. */
  set(doors: readonly DemoDoor[]): void;
  /** Whoever goes through next stands in the door until it raises an alarm, and somewhat longer. */
  holdNext(laneId: string): void;
  /** Opened without a release, as soon as no release is left that would cover it. */
  force(door: DemoDoor): void;
  button(door: DemoDoor): void;
  close(): void;
}

export interface DoorsParts {
  hardware: Pick<Hardware, 'simulated' | 'on'>;
  clock: Clock;
  random(): number;
  /** Runs once after so many milliseconds, unless the demo ends before. */
  later(ms: number, run: () => void): Cancel;
}

interface State {
  door: DemoDoor;
  open: boolean;
  /** Monotonic. A release may be waiting for its opening until then. */
  quietAt: number;
  holds: boolean;
  /** Monotonic; of an open door. */
  shutsAt: number;
  cancel: Cancel;
}

/** How long a lock may still be free after its relay has fallen, and a little more. */
const lockSlackMs = 5_000;

export function peopleAtDoors({ hardware, clock, random, later }: DoorsParts): Doors {
  let states = new Map<string, State>();
  const watched = new Map<string, { board: SimulatedDevice; cancel: Cancel }>();
  const between = (from: number, to: number) => from + random() * (to - from);

  function turn({ door }: State, open: boolean): void {
    hardware.simulated(door.dps.deviceId)?.setInput?.(door.dps.input, open);
  }
  function openFor(state: State, ms: number): void {
    const shutsAt = clock.monotonic() + ms;
    // Whoever walks through an open door does not shut it on those who stand in it.
    if (state.open && state.shutsAt >= shutsAt) return;
    state.cancel();
    state.open = true;
    state.shutsAt = shutsAt;
    turn(state, true);
    state.cancel = later(ms, () => {
      state.open = false;
      turn(state, false);
    });
  }
  function released(deviceId: string, channel: number): void {
    for (const state of states.values()) {
      const { output, notEnteredMs, heldAlarmMs } = state.door;
      if (output?.deviceId !== deviceId || output.channel !== channel) continue;
      state.quietAt = clock.monotonic() + notEnteredMs + lockSlackMs;
      if (random() < 0.02 && !state.holds) continue;
      const holds = state.holds;
      state.holds = false;
      later(between(400, 1_200), () =>
        openFor(state, holds ? heldAlarmMs + between(8_000, 25_000) : between(1_800, 3_200)),
      );
    }
  }
  /** Boards that were set up anew are other boards. */
  function watch(): void {
    for (const { door } of states.values()) {
      const deviceId = door.output?.deviceId;
      const board = deviceId === undefined ? undefined : hardware.simulated(deviceId);
      if (deviceId === undefined || !board?.onChannel || watched.get(deviceId)?.board === board) continue;
      watched.get(deviceId)?.cancel();
      const cancel = board.onChannel((channel, on) => on && released(deviceId, channel));
      watched.set(deviceId, { board, cancel });
    }
  }
  function force(door: DemoDoor): void {
    const state = states.get(door.laneId);
    if (!state) return;
    const waitMs = state.open ? lockSlackMs : state.quietAt - clock.monotonic();
    if (waitMs > 0) later(waitMs, () => force(door));
    else openFor(state, between(8_000, 20_000));
  }

  const unplug = hardware.on('status', ({ state }) => {
    if (state === 'online') watch();
  });
  return {
    set(doors) {
      const fresh = (door: DemoDoor): State => ({
        door,
        open: false,
        quietAt: Number.NEGATIVE_INFINITY,
        holds: false,
        shutsAt: 0,
        cancel: () => {},
      });
      states = new Map(
        doors.map((door) => {
          const known = states.get(door.laneId);
          return [door.laneId, known ? Object.assign(known, { door }) : fresh(door)];
        }),
      );
      watch();
    },
    holdNext(laneId) {
      const state = states.get(laneId);
      if (state) state.holds = true;
    },
    force,
    button({ rex }) {
      if (!rex) return;
      const board = hardware.simulated(rex.deviceId);
      board?.setInput?.(rex.input, true);
      later(300, () => board?.setInput?.(rex.input, false));
    },
    close() {
      unplug();
      for (const { cancel } of watched.values()) cancel();
    },
  };
}
