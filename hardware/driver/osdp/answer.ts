/** What an answer changes, or its damage, or its absence. Pure. */
import { nextSequence, type ReceivedFrame } from '../../codec/osdp/frame.ts';
import { sameBytes } from '../../codec/osdp/key.ts';
import type { MalformedPayload } from '../../codec/osdp/payload.ts';
import type { NakReply, Reply } from '../../codec/osdp/reply.ts';
import type { SecureSession } from '../../codec/osdp/secure-session.ts';
import { type Flight, isHandshake, judge } from './flight.ts';
import { keysetDone, keysetDoubted, keysetRefused, shakeHands, stepRefused } from './handshaking.ts';
import { choresOf, identified, learnt } from './identifying.ts';
import {
  begun,
  type Effect,
  isTrusted,
  manyComplaints,
  manyTorn,
  type Pd,
  restarted,
  type Step,
  settled,
} from './pd.ts';
import { longestReplyMs, nextTurnAt } from './turn.ts';

const maxEager = 8;
/** Answers in a row that may be wrong before they are asked for more slowly; and before the session is begun anew. */
const maxUnfit = 5;
const brokenAfter = 10;
const doubtful = 2;
const pauseMs = 50;
/** A reader that answers no more is asked this often at least, until it counts as gone. */
const longestPauseMs = 300;
/** Soon enough that a reader is back within two seconds of being let alone. */
const longestTornMs = 1_500;
const busyMs = 20;
const refusedMs = 500;
/** Of the bus's time, what a silent PD may take. */
const probeShare = 0.04;
const longestProbeGapMs = { known: 1_500, unknown: 5_000 };

/** `over` ends the exchange; otherwise the answer is still to come. */
export interface Heard extends Step {
  readonly over: boolean;
  /** It did not fit, and the right answer may yet follow. */
  readonly unfit: boolean;
}

export function heardFrame(pd: Pd, frame: ReceivedFrame, now: number): Heard {
  const { flight, lastAnswer } = pd;
  const ignored = { pd, effects: [], over: false, unfit: false };
  if (!flight) return ignored;
  // An answer given twice, as to a command that was sent twice.
  if (lastAnswer && sameBytes(lastAnswer, frame.bytes)) return ignored;
  const over = (step: Step): Heard => ({ ...step, over: true, unfit: false });
  const verdict = judge(flight, frame);
  switch (verdict.kind) {
    case 'unfit':
      return { ...ignored, unfit: true };
    case 'busy': {
      // Not done yet; but of one that was sent more often nobody knows what was done before.
      const again = flight.sent > 1 ? flight : { ...flight, sent: 0 };
      return over({ pd: { ...pd, flight: again, aliveAt: now, dueAt: now + busyMs }, effects: [] });
    }
    case 'nak':
      return over(refused(alive(pd, flight, frame, now, verdict.session), flight, verdict, now));
    case 'good': {
      const heard = alive(pd, flight, frame, now, verdict.session);
      // To questions of who it is and to a challenge it may well answer, and to nothing after them.
      const next = pd.stage.at === 'work' ? { ...heard, complaints: 0 } : heard;
      return over(calmed(answered(next, flight, frame, verdict.reply, verdict.session, now), flight, now));
    }
  }
}

/**
 * What was sent twice may be answered twice. In the clear, the second answer could pass for that to a later command with
 * the same number: so it is let go by first.
 */
function calmed(step: Step, { sent, session }: Flight, now: number): Step {
  if (session || sent < 2) return step;
  const { pd, effects } = step;
  const calmAt = now + (pd.slowestMs ?? longestReplyMs);
  return { pd: { ...pd, urgent: false, dueAt: Math.max(pd.dueAt, calmAt) }, effects };
}

function alive(
  pd: Pd,
  { sentAt, bytes }: Flight,
  frame: ReceivedFrame,
  now: number,
  signed: SecureSession | undefined,
): Pd {
  const wire = (bytes.length + frame.bytes.length) * pd.byteMs;
  const turnaround = Math.max(0, now - sentAt - wire);
  // Falls slowly, so that one quick answer does not make a slow PD seem dead.
  const slowestMs = Math.min(longestReplyMs, Math.max(turnaround, (pd.slowestMs ?? 0) * 0.98));
  const heard: Pd = { ...pd, misses: 0, slowestMs, torn: signed ? 0 : pd.torn };
  // Of one that holds a key nothing is life but what it signs: the rest anybody on the line can say in its place.
  const counts = signed !== undefined || pd.keyState !== 'held';
  return counts ? { ...heard, state: 'online', heardAt: now, aliveAt: now } : heard;
}

/**
 * A session or a handshake that was ended by somebody who could not sign: after some in a row it is told to be away, and
 * the next comes later.
 */
function tornOff(before: Pd, now: number): Step {
  const torn = before.torn + 1;
  const pd: Pd = { ...before, torn };
  if (torn < manyTorn) return restarted(pd, now);
  const pause = Math.min(longestTornMs, pauseMs * 2 ** Math.min(10, torn - manyTorn));
  const state = pd.state === 'online' ? 'not-answering' : pd.state;
  return restarted({ ...pd, state, dueAt: Math.max(pd.dueAt, now + pause) }, now);
}

/** The exchange is over, and the next command has the next number. */
function landed(pd: Pd, { sequence }: Flight, frame?: ReceivedFrame, session?: SecureSession): Pd {
  const { flight, asked, challenge, ...kept } = pd;
  return {
    ...kept,
    sequence: nextSequence(sequence),
    ...(session ? { session } : {}),
    ...(frame ? { lastAnswer: frame.bytes } : {}),
  };
}

function ready(pd: Pd, effects: readonly Effect[], now: number): Step {
  return { pd: { ...pd, dueAt: nextTurnAt(pd, now) }, effects };
}

function answered(
  before: Pd,
  flight: Flight,
  frame: ReceivedFrame,
  reply: Reply | MalformedPayload,
  session: SecureSession | undefined,
  now: number,
): Step {
  const pd = landed(before, flight, frame, session);
  const { asked } = before;
  if (flight.kind === 'chlng' || flight.kind === 'scrypt') {
    const step = shakeHands(before, pd, frame, now);
    return step.pd.stage.at === 'work'
      ? ready({ ...step.pd, chores: choresOf(step.pd) }, step.effects, now)
      : step;
  }
  if (reply.kind === 'malformed') {
    const effects: Effect[] = [{ kind: 'error' }, ...(asked ? [settled(asked, { kind: 'lost' })] : [])];
    return ready(identified(pd, flight.kind, now), effects, now);
  }
  if (asked?.command.kind === 'keyset' && reply.kind === 'ack')
    return session ? keysetDone(pd, asked, asked.command.key, now) : keysetDoubted(pd, asked, now);
  const told = learnt(flight.kind === 'out' ? { ...pd, away: false } : pd, reply);
  const next = identified(told, flight.kind, now);
  const effects: Effect[] = isTrusted(next) ? [{ kind: 'heard', reply }] : [];
  if (asked) effects.push(settled(asked, { kind: 'answered', reply }));
  if (flight.kind !== 'poll' || next.stage.at !== 'work') return ready(next, effects, now);
  // Where one event was there may be more.
  const eager = reply.kind === 'ack' ? 0 : Math.min(maxEager, pd.eager + 1);
  return ready({ ...next, eager, pollAt: eager > 0 ? now : next.pollAt }, effects, now);
}

function refused(
  before: Pd,
  flight: Flight,
  { nak, trusted, session }: { nak: NakReply; trusted: boolean; session?: SecureSession },
  now: number,
): Step {
  const { asked } = before;
  if (nak.reason === 'check') return misunderstood(before, flight, nak, now);
  // Anybody can say so in the clear, and an answer that was lost would be lost for good: so it is asked again first.
  if (flight.session && !trusted && flight.unfit < doubtful) return misfit(before, 'unfit', now);
  if (nak.reason === 'sequence') {
    const later = { ...before, dueAt: now + busyMs };
    return trusted && (session || before.keyState !== 'held') ? restarted(later, now) : tornOff(later, now);
  }
  if (flight.kind === 'chlng' || flight.kind === 'scrypt') return stepRefused(before, now);
  // A PD that has lost the session can't sign what it says.
  if (!trusted) return tornOff({ ...before, dueAt: now }, now);
  const pd = landed(before, flight, undefined, session);
  const effects: Effect[] = asked ? [settled(asked, { kind: 'refused', nak })] : [];
  if (asked?.command.kind === 'keyset') return keysetRefused(pd, effects, now);
  const next = ready(identified(pd, flight.kind, now), effects, now);
  // One that wants the secure channel and has not got it says so to every command.
  const idle = nak.reason === 'secure-channel-conditions';
  return idle ? { ...next, pd: { ...next.pd, dueAt: Math.max(next.pd.dueAt, now + refusedMs) } } : next;
}

/**
 * A PD that says of every frame that its check is wrong knows checksums alone. One that says so of every checksum too is
 * asked slowly, and what it was to do is given up.
 */
function misunderstood(before: Pd, flight: Flight, nak: NakReply, now: number): Step {
  const pd: Pd = { ...before, complaints: before.complaints + 1 };
  const unfit = flight.unfit + 1;
  if (pd.complaints >= manyComplaints) {
    const { asked, stage } = pd;
    const late = { ...pd, dueAt: now + refusedMs };
    const error: Effect = { kind: 'error' };
    const unkeyed = !pd.keys.current && (isHandshake(flight) || asked?.command.kind === 'keyset');
    if (unkeyed) {
      // Only a person had it given its first key: the next try is for a person, too.
      const refusal = asked ? [error, settled(asked, { kind: 'refused', nak })] : [error];
      return keysetRefused(late, refusal, late.dueAt);
    }
    if (stage.at === 'identifying') return restarted({ ...late, check: otherCheck(pd) }, now);
    const step = restarted(late, now);
    return { pd: step.pd, effects: [error, ...step.effects] };
  }
  if (unfit >= 2 && pd.stage.at !== 'work') {
    return restarted({ ...pd, check: otherCheck(pd), dueAt: now }, now);
  }
  return misfit(pd, 'damage', now);
}

const otherCheck = ({ check }: Pd) => (check === 'crc' ? 'checksum' : 'crc');

/** The line fell silent, and what it brought was damaged, or did not fit. */
export function misfit(pd: Pd, what: 'damage' | 'unfit', now: number): Step {
  const { flight } = pd;
  if (!flight) return { pd, effects: [] };
  const effects: Effect[] = [{ kind: 'error' }];
  const unfit = flight.unfit + 1;
  if (what === 'unfit' && unfit >= brokenAfter) {
    const late = { ...pd, dueAt: now + pauseMs };
    const step = flight.session ? tornOff(late, now) : restarted(late, now);
    return { pd: step.pd, effects: [...effects, ...step.effects] };
  }
  const slow = unfit >= maxUnfit;
  return {
    pd: { ...pd, flight: { ...flight, unfit }, urgent: !slow, dueAt: slow ? now + pauseMs : now },
    effects,
  };
}

/** @param waitedMs what the bus lost by waiting. */
export function unanswered(pd: Pd, waitedMs: number, now: number): Step {
  const { flight } = pd;
  if (!flight) return { pd, effects: [] };
  const misses = pd.misses + 1;
  const effects: Effect[] = pd.state === 'offline' ? [] : [{ kind: 'error' }];
  if (pd.state !== 'offline' && flight.sent === 1) {
    return { pd: { ...pd, misses, urgent: true, dueAt: now }, effects };
  }
  const longest = longestProbeGapMs[pd.slowestMs === undefined ? 'unknown' : 'known'];
  const probeGap = Math.min(longest, waitedMs / probeShare);
  const pause = Math.min(probeGap, longestPauseMs, pauseMs * 2 ** Math.min(10, misses - 2));
  const gap = pd.state === 'offline' ? probeGap : pause;
  const late = { ...pd, misses, dueAt: now + gap };
  // Nothing hangs on a beginning: it is made anew, and in another way.
  return flight.sequence === 0 ? { pd: begun(otherwise(late), now), effects } : { pd: late, effects };
}

/** Some PDs say who they are only to whoever has polled them. */
function otherwise(pd: Pd): Pd {
  if (pd.stage.at !== 'identifying') return pd;
  return { ...pd, stage: { at: 'identifying', by: pd.stage.by === 'poll' ? 'id' : 'poll' } };
}
