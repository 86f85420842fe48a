/**
 * The driver of an OSDP bus: the line, one timer, and a PD each as a value. Who comes next is `schedule.ts`, what is
 * said `turn.ts`, what an answer means `answer.ts`; here they meet the clock and the wire.
 */
import type { ReceivedFrame } from '../../codec/osdp/frame.ts';
import type { BusReader } from '../../osdp-ports.ts';
import type { Cancel, Clock, LinkFault } from '../../ports.ts';
import { heardFrame, misfit, unanswered } from './answer.ts';
import type { Flight } from './flight.ts';
import type { NoAnswer, OsdpLine } from './line.ts';
import {
  type Ask,
  type AskResult,
  type Effect,
  observeAt,
  observed,
  type Pd,
  probes,
  type Step,
  unknownPd,
} from './pd.ts';
import { chargeTurn, emptySchedule, pickTurn, type Schedule, type Turn } from './schedule.ts';
import { takeTurn, withAsk } from './turn.ts';

export interface BusLoopParts {
  clock: Clock;
  line: OsdpLine;
  readers: readonly BusReader[];
  baudRate: number;
  randomBytes(count: number): Uint8Array;
  /** After every step of a PD, when its value has changed. */
  onStep(pd: Pd, effects: readonly Effect[]): void;
  /** What went out, for whoever watches. */
  onSent(bytes: Uint8Array): void;
  onFrame(frame: ReceivedFrame): void;
}

/** A guest at the bus, such as a search: takes its turns among the PDs. */
export interface Guest {
  /** Whom it speaks to: meanwhile nobody else does so. */
  readonly address?: number;
  /** Undefined when it is done. */
  next(): { flight: Flight; address: number; baudRate: number; waitMs: number } | undefined;
  /** The frame that came from that address, or why none did. */
  heard(answer: ReceivedFrame | NoAnswer): void;
  /** The line is gone. */
  gone(): void;
}

export interface BusLoop {
  pd(address: number): Pd | undefined;
  pds(): Pd[];
  change(address: number, step: (pd: Pd, now: number) => Step): void;
  ask(address: number, ask: Pick<Ask, 'command' | 'rank'> & { notAfter?: number }): Promise<AskResult>;
  invite(guest: Guest): void;
  opened(): void;
  lost(fault?: LinkFault): void;
  close(): void;
}

/** A PD that is back is watched again within this. */
const longestWatchMs = 500;
/** Less than this, added to a time, may be nothing at all. */
const shortestMs = 0.01;
/** No PD has this address. */
const guestKey = -1;

export function busLoop(parts: BusLoopParts): BusLoop {
  const { clock, line } = parts;
  const byteMs = 10_000 / parts.baudRate;
  const pds = new Map<number, Pd>();
  for (const { address } of parts.readers)
    pds.set(address, unknownPd({ address, byteMs }, clock.monotonic()));
  const waiting = new Map<number, (result: AskResult) => void>();
  let schedule: Schedule = emptySchedule;
  let guest: Guest | undefined;
  let cancelWake: Cancel | undefined;
  let cancelWatch: Cancel | undefined;
  let asks = 0;

  function apply(before: Pd, { pd, effects }: Step): void {
    if (pd === before && effects.length === 0) return;
    pds.set(pd.address, pd);
    for (const effect of effects) {
      if (effect.kind !== 'settled') continue;
      waiting.get(effect.ask.id)?.(effect.result);
      waiting.delete(effect.ask.id);
    }
    parts.onStep(pd, effects);
  }

  function go(): void {
    cancelWake?.();
    cancelWake = undefined;
    while (line.open && !line.busy) {
      const now = clock.monotonic();
      const there = [...pds.values()].filter(({ address }) => address !== guest?.address);
      const isProbe = probes(there);
      const turns: Turn[] = there.map((pd) => {
        const probe = isProbe(pd);
        return { key: pd.address, dueAt: pd.dueAt, urgent: pd.urgent && !probe, probe };
      });
      if (guest) turns.push({ key: guestKey, dueAt: now, urgent: false, probe: true });
      const turn = pickTurn(schedule, turns, now);
      if (!turn) {
        sleep(now);
        return;
      }
      if (turn.key === guestKey) receiveGuest(turn, now);
      else speakTo(turn, now);
    }
  }

  function sleep(now: number): void {
    const at = Math.min(...[...pds.values()].map(({ dueAt }) => dueAt));
    if (at < Number.POSITIVE_INFINITY) cancelWake = clock.after(Math.max(shortestMs, at - now), go);
  }

  /** Silence is noticed at its moment, also while the line is waiting for it to end. */
  function watch(): void {
    const now = clock.monotonic();
    for (const pd of [...pds.values()]) apply(pd, observed(pd, now));
    const at = Math.min(...[...pds.values()].map(observeAt));
    cancelWatch?.();
    cancelWatch = clock.after(Math.max(shortestMs, Math.min(at - now, longestWatchMs)), watch);
    go();
  }

  function speakTo(turn: Turn, now: number): void {
    const before = pds.get(turn.key);
    if (!before) return;
    const step = takeTurn(before, now, () => parts.randomBytes(8));
    apply(before, step);
    if (!('flight' in step) || line.busy) return;
    const { flight, waitMs } = step;
    const over = (next: (pd: Pd, at: number) => Step) => {
      const at = clock.monotonic();
      const pd = pds.get(turn.key);
      schedule = chargeTurn(schedule, turn, at - now, at, Math.max(1, before.eager));
      if (pd) apply(pd, next(pd, at));
      go();
    };
    parts.onSent(flight.bytes);
    line.send({
      bytes: flight.bytes,
      waitMs,
      frame(frame) {
        const pd = pds.get(turn.key);
        parts.onFrame(frame);
        if (!pd || frame.address !== pd.address) return 'ignored';
        const heard = heardFrame(pd, frame, clock.monotonic());
        if (heard.over) return () => over(() => heard);
        return heard.unfit ? 'unfit' : 'ignored';
      },
      ended: (how) =>
        over((pd, at) => (how === 'silence' ? unanswered(pd, at - now, at) : misfit(pd, how, at))),
    });
  }

  function receiveGuest(turn: Turn, now: number): void {
    const asking = guest;
    const question = asking?.next();
    if (!asking || !question) {
      guest = undefined;
      return;
    }
    const over = (answer: ReceivedFrame | NoAnswer) => {
      const at = clock.monotonic();
      schedule = chargeTurn(schedule, turn, at - now, at);
      asking.heard(answer);
      go();
    };
    parts.onSent(question.flight.bytes);
    line.send({
      bytes: question.flight.bytes,
      baudRate: question.baudRate,
      waitMs: question.waitMs,
      frame(frame) {
        parts.onFrame(frame);
        return frame.address === question.address ? () => over(frame) : 'ignored';
      },
      ended: over,
    });
  }

  function leave(): void {
    cancelWake?.();
    cancelWake = undefined;
    cancelWatch?.();
    cancelWatch = undefined;
    line.detach();
    const now = clock.monotonic();
    const late = Number.NEGATIVE_INFINITY;
    for (const pd of [...pds.values()]) apply(pd, observed({ ...pd, heardAt: late }, now));
    guest?.gone();
    guest = undefined;
  }

  return {
    pd: (address) => pds.get(address),
    pds: () => [...pds.values()],
    change(address, step) {
      const pd = pds.get(address);
      if (pd) apply(pd, step(pd, clock.monotonic()));
      go();
    },
    ask(address, ask) {
      const pd = pds.get(address);
      if (!pd || !line.open) return Promise.resolve({ kind: 'unsent', why: 'offline' });
      asks += 1;
      const id = asks;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        apply(pd, withAsk(pd, { ...ask, id }, clock.monotonic()));
        go();
      });
    },
    invite(next) {
      guest?.gone();
      guest = next;
      go();
    },
    opened() {
      const now = clock.monotonic();
      for (const pd of [...pds.values()]) {
        const fresh = pd.state === 'connecting' ? { heardAt: now, aliveAt: now } : {};
        apply(pd, {
          pd: { ...pd, ...fresh, dueAt: pd.stage.at === 'no-keys' ? pd.dueAt : now },
          effects: [],
        });
      }
      watch();
    },
    lost: leave,
    close: leave,
  };
}
