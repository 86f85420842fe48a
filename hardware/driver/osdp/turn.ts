/** What goes out at a PD's turn: the same bytes again while they wait for their answer, or else the next command. Pure. */
import type { Command } from '../../codec/osdp/command.ts';
import { challengeBody } from '../../codec/osdp/handshake.ts';
import { messageOf } from '../../errors.ts';
import { type Flight, isHandshake, launch, launchBody } from './flight.ts';
import { type Ask, begun, type Effect, keyNamed, type Pd, type Step, settled } from './pd.ts';

/** From poll to poll, when nobody else wants the bus. */
export const pollEveryMs = 16;
/** The standard's limit, section 5.8. */
export const longestReplyMs = 200;
const shortestReplyMs = 40;
/** Commands that may go before a poll that is due. */
const pollPatience = 3;
const keepAliveMs = 200;
const relayPatienceMs = 5_000;

export interface Outgoing extends Step {
  readonly flight: Flight;
  /** From now until silence is silence. */
  readonly waitMs: number;
}

/** @param random 8 bytes, for a challenge. Undefined when there is nothing to say; the PD then has a later `dueAt`. */
export function takeTurn(before: Pd, now: number, random: () => Uint8Array): Outgoing | Step {
  const timely = expire(before, now);
  const { pd: next, effects: refusals } = timely.pd.flight
    ? saying(timely.pd)
    : prepared(timely.pd, now, random);
  const effects = [...timely.effects, ...refusals];
  const { flight } = next;
  if (!flight) return { pd: { ...next, urgent: false }, effects };
  const sent = { ...flight, sent: flight.sent + 1 };
  return { pd: { ...next, flight: sent, urgent: false }, effects, flight: sent, waitMs: waitFor(next, sent) };
}

/** Nothing leaves that has become too late, nor leaves again: for this the session is begun anew. */
function expire(pd: Pd, now: number): Step {
  const effects: Effect[] = [];
  const late = (ask: Ask) => now >= ask.notAfter;
  for (const ask of pd.asks) {
    if (!late(ask)) continue;
    effects.push(settled(ask, ask.doubted ? { kind: 'lost' } : { kind: 'unsent', why: 'too-late' }));
  }
  const asks = effects.length > 0 ? pd.asks.filter((ask) => !late(ask)) : pd.asks;
  if (!pd.asked || !late(pd.asked)) return { pd: asks === pd.asks ? pd : { ...pd, asks }, effects };
  effects.push(settled(pd.asked, { kind: 'lost' }));
  return { pd: begun({ ...pd, asks }, now), effects };
}

function prepared(pd: Pd, now: number, random: () => Uint8Array): Step {
  const { stage } = pd;
  switch (stage.at) {
    case 'no-keys':
      return saying({ ...pd, dueAt: Number.POSITIVE_INFINITY });
    case 'identifying':
      return saying({ ...pd, flight: launch(pd, undefined, { kind: stage.by }, now) });
    case 'challenging': {
      const key = keyNamed(pd, stage.with);
      if (!key) return saying(begun(pd, now));
      const challenge = random();
      const kind = stage.with === 'default' ? 'default' : 'own';
      const body = challengeBody({ key, kind, randomA: challenge });
      return saying({ ...pd, challenge, flight: launchBody(pd, 'chlng', body, now) });
    }
    case 'proving':
      return saying({ ...pd, flight: launchBody(pd, 'scrypt', stage.scrypt, now) });
    case 'work':
      return working(pd, now);
  }
}

function working(pd: Pd, now: number): Step {
  const say = (command: Command): Pd => ({
    ...pd,
    flight: launch(pd, pd.session, command, now),
    sincePoll: pd.sincePoll + 1,
  });
  const answer = (ask: Ask): Step => {
    const asks = pd.asks.filter((other) => other !== ask);
    try {
      return saying({ ...say(ask.command), asked: ask, asks });
    } catch (error) {
      // Left in its place, it would stop the whole bus at each turn.
      const result = { kind: 'impossible' as const, detail: messageOf(error) };
      return { pd: { ...pd, asks, dueAt: now }, effects: [settled(ask, result)] };
    }
  };
  // Polled, it would give away events that nobody may believe.
  const installing = pd.stage.at === 'work' && pd.stage.with === 'default';
  const pollDue = now >= pd.pollAt && !installing;
  const patient = pd.sincePoll < pollPatience || !pollDue;
  const soon = pd.asks.find(({ rank }) => rank === 'relay') ?? pd.asks.find(({ rank }) => rank === 'show');
  if (soon && patient) return answer(soon);
  const [chore, ...chores] = pd.chores;
  if (chore && patient) return saying({ ...say(chore), chores });
  const [slow] = pd.asks;
  if (slow && (pd.sincePoll === 0 || !pollDue)) return answer(slow);
  if (installing)
    return saying(now >= pd.pollAt ? { ...say({ kind: 'lstat' }), pollAt: now + keepAliveMs } : later(pd));
  if (!pollDue) return saying(later(pd));
  const gap = pd.polledAt === undefined ? undefined : now - pd.polledAt;
  const pollMs =
    gap === undefined ? pd.pollMs : pd.pollMs === undefined ? gap : pd.pollMs + (gap - pd.pollMs) / 8;
  return saying({
    ...say({ kind: 'poll' }),
    sincePoll: 0,
    polledAt: now,
    pollAt: now + pollEveryMs,
    ...(pollMs === undefined ? {} : { pollMs }),
  });
}

const saying = (pd: Pd): Step => ({ pd, effects: [] });
const later = (pd: Pd): Pd => ({ ...pd, dueAt: pd.pollAt });

/** When a PD with nothing on its way wants its next turn. */
export function nextTurnAt(pd: Pd, now: number): number {
  const { stage } = pd;
  if (stage.at !== 'work' || pd.asks.length > 0 || pd.chores.length > 0) return now;
  return Math.max(now, pd.pollAt);
}

/**
 * The first try waits as long as this PD has needed of late, the next ones twice as long each: so a lost answer costs
 * little, and a PD that has become slow is heard nevertheless. After that most tries are short, for the others' sake.
 */
function waitFor({ slowestMs, byteMs, state, misses }: Pd, { bytes, sent, kind }: Flight): number {
  const usual =
    slowestMs === undefined ? longestReplyMs : Math.max(shortestReplyMs, 2 * slowestMs + shortestReplyMs / 2);
  const doublings =
    state === 'offline' ? (misses % longProbeEvery === 0 ? 3 : 0) : (sent - 1) % longRetryEvery;
  return Math.min(longestReplyMs, usual * 2 ** doublings) + (bytes.length + replyBytes(kind)) * byteMs;
}

const longProbeEvery = 16;
const longRetryEvery = 4;

/** Longest usual answer, with mark, block and MAC: some lines hand on a frame only when it is whole. */
function replyBytes(kind: Flight['kind']): number {
  if (kind === 'cap') return 96;
  return isHandshake({ kind }) || kind === 'poll' || kind === 'id' || kind === 'mfg' ? 48 : 32;
}

export function withAsk(pd: Pd, ask: Omit<Ask, 'notAfter'> & { notAfter?: number }, now: number): Step {
  const whole: Ask = { ...ask, notAfter: ask.notAfter ?? now + relayPatienceMs };
  if (pd.state !== 'online' || !takes(pd, whole)) {
    return { pd, effects: [settled(whole, { kind: 'unsent', why: 'offline' })] };
  }
  const urgent = pd.urgent || (whole.rank === 'relay' && !pd.flight);
  return { pd: { ...pd, asks: [...pd.asks, whole], urgent, dueAt: pd.flight ? pd.dueAt : now }, effects: [] };
}

/** A PD at work, or one whose session is just being made anew. In the channel under the default key it gets a key alone. */
function takes({ stage, keyState }: Pd, { command }: Ask): boolean {
  if (stage.at === 'work') return stage.with !== 'default' || command.kind === 'keyset';
  return keyState === 'held' && (stage.at === 'challenging' || stage.at === 'proving');
}
