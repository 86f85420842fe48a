/**
 * The way of a swipe, in the order in which it happens: facts, decision, record, relay. What becomes of it, and
 * everything that follows from it, is recorded by those who follow.
 */
import { credentialKey } from '../../hardware/credential.ts';
import type { Clock, Read, RelayResult } from '../../hardware/ports.ts';
import type { NewEvent } from '../contract/events.ts';
import type { FeedbackOutcome } from '../contract/feedback.ts';
import { releaseWithinMs } from '../contract/gates.ts';
import type { Direction } from '../contract/words.ts';
import type { Recorder } from '../events/recorder.ts';
import type { Log } from '../log.ts';
import { type Decision, type Deny, decide, type Grant } from './decide.ts';
import type { Directory } from './directory.ts';
import type { Facts, ReaderFact } from './facts.ts';
import type { PinPads, Typed } from './pin-pad.ts';
import type { Claim, Presence } from './presence.ts';
import type { Refusals } from './refusals.ts';
import { pinMode } from './rules.ts';

/** A grant as the lane needs it: what to call it in the record of the outcome, and whose it is. */
export interface GrantedPassage {
  kind: 'grant';
  /** Of `passage.granted`; undefined while the store takes no records. */
  seq: number | undefined;
  readerId: string;
  direction: Direction;
  cardholderId: string;
  /** Monotonic milliseconds: later, nobody may stand there any more, and the relay must not move. */
  notAfter: number;
}

export interface PassageParts {
  directory: Pick<Directory, 'place' | 'facts'>;
  presence: Pick<Presence, 'lastPassage' | 'claim' | 'release'>;
  recorder: Pick<Recorder, 'record'>;
  refusals: Pick<Refusals, 'admits'>;
  pins: Pick<PinPads, 'wait' | 'locked' | 'tried'>;
  /** Whether the reader is in the secure channel. */
  secure(deviceId: string, number: number): boolean;
  /** Tells the person at the reader; never awaited. */
  show(reader: ReaderFact, outcome: FeedbackOutcome): void;
  lanes: { release(laneId: string, cause: GrantedPassage): Promise<RelayResult> };
  clock: Clock;
  log: Log;
}

/** One look at a swipe. */
interface Decided {
  facts: Facts;
  decision: Decision;
  /** Of a grant. */
  claim: Claim | undefined;
  at: number;
}

/** Never rejects: a swipe that fails is refused, and said so in the operator's log. */
export function createPassage(parts: PassageParts): (read: Read, typed?: Typed) => Promise<void> {
  const { directory, presence, recorder, refusals, pins, secure, show, lanes, clock, log } = parts;

  function decideNow(read: Read, typed: Typed | undefined): Decided | undefined {
    const reader = directory.place(read.deviceId, read.reader);
    const card = 'malformed' in read.credential ? undefined : read.credential;
    const credential = typed?.whose === undefined ? card : { pinHash: typed.whose };
    const known = reader && directory.facts(reader, credential, presence.lastPassage);
    if (!known) return undefined; // At no lane: a reader on a desk, or one that nobody has set up.
    const facts: Facts = {
      ...known,
      secure: secure(read.deviceId, read.reader),
      pinLocked: pins.locked(known),
      ...(typed?.given ? { pin: typed.given } : {}),
    };
    const at = clock.now();
    const decision = decide(facts, read, at);
    // Claimed in the turn of the decision: a second reader must not be faster than the record.
    const claim = decision.grant
      ? presence.claim(decision.cardholder.id, facts.lane.id, facts.reader.direction, at)
      : undefined;
    return { facts, decision, claim, at };
  }

  function withdraw({ claim }: Decided): void {
    if (claim) presence.release(claim);
  }

  return async function passage(read, typed) {
    const notAfter = clock.monotonic() + releaseWithinMs;
    const first = decideNow(read, typed);
    if (!first) return;
    if (!first.decision.grant) {
      const { reason, cardholder } = first.decision;
      if (reason === 'pin-wrong') pins.tried(first.facts, false);
      // Not refused yet: what became of it is recorded when the PIN has come, or has not in time.
      if (reason === 'pin-needed' && !typed && cardholder && pinMode(first.facts) === 'card-and-pin')
        return pins.wait(first.facts, read, cardholder.id, passage);
      if (!admitted(refusals, first.facts, read, first.decision)) return show(first.facts.reader, 'denied');
    }
    let last = first;
    /** A change came into force before the record's turn: it has the last word. */
    function again(): NewEvent {
      withdraw(last);
      const next = decideNow(read, typed);
      if (!next) throw new Error('the reader was taken from its lane during the swipe');
      last = next;
      return passageEvent(next.facts, read, next.decision, next.at);
    }
    try {
      const recorded = await recorder.record(passageEvent(first.facts, read, first.decision, first.at), {
        again,
        instead: (event) => withoutStore(last.facts, last.decision, event),
      });
      const { facts, decision } = last;
      if (!decision.grant) return show(facts.reader, 'denied');
      if (recorded.event.type !== 'passage.granted') {
        withdraw(last);
        return show(facts.reader, 'denied');
      }
      // The relay first: what the person is shown, and what nobody is shown, must not delay it.
      const released = lanes.release(facts.lane.id, {
        kind: 'grant',
        seq: recorded.durable === 'log' ? recorded.event.seq : undefined,
        readerId: facts.reader.id,
        direction: facts.reader.direction,
        cardholderId: decision.cardholder.id,
        notAfter,
      });
      show(facts.reader, 'granted');
      if (typed?.given) pins.tried(facts, true);
      if (typed?.given === 'duress') await recorder.record(duressEvent(facts, decision, clock.now()));
      await released;
    } catch (error) {
      // No record, no opening.
      withdraw(last);
      show(first.facts.reader, 'denied');
      log.error(
        { err: error, laneId: first.facts.lane.id },
        'a passage could not be recorded and was refused',
      );
    }
  };
}

/** Whether a refusal is recorded by itself, or one of too many that are counted. */
function admitted(
  refusals: PassageParts['refusals'],
  { reader, lane }: Facts,
  read: Read,
  { credential }: Deny,
): boolean {
  const where = { ...placeOf(reader, lane.gateId, lane.id), deviceId: read.deviceId };
  return refusals.admits(where, credential?.id ?? keyOf(read), credential !== undefined);
}

/** What a decision is recorded as. */
export function passageEvent(facts: Facts, read: Read, decision: Decision, at: number): NewEvent {
  const where = placeOf(facts.reader, facts.lane.gateId, facts.lane.id);
  const readKey = keyOf(read);
  if (decision.grant) {
    const { credential, cardholder, flags } = decision;
    const shown = readKey === credentialKey(credential) ? {} : { readKey };
    return {
      type: 'passage.granted',
      at,
      data: {
        ...where,
        credentialId: credential.id,
        cardholderId: cardholder.id,
        flags: [...flags],
        ...shown,
      },
    };
  }
  const { reason, credential, cardholder } = decision;
  return {
    type: 'passage.denied',
    at,
    data: {
      ...where,
      reason,
      ...(credential ? { credentialId: credential.id } : { readKey }),
      ...(cardholder ? { cardholderId: cardholder.id } : {}),
    },
  };
}

/** An event of its own: the passage's looks like any other. */
function duressEvent({ reader, lane }: Facts, { credential, cardholder }: Grant, at: number): NewEvent {
  const where = placeOf(reader, lane.gateId, lane.id);
  return {
    type: 'pin.duress',
    at,
    data: { ...where, credentialId: credential.id, cardholderId: cardholder.id },
  };
}

/** While the store takes no records, the lane's setting says whether a known person still passes. */
function withoutStore({ lane }: Facts, decision: Decision, event: NewEvent): NewEvent {
  if (!decision.grant || event.type !== 'passage.granted') return event;
  if (lane.onStoreFault === 'pass-known') {
    return { ...event, data: { ...event.data, flags: [...event.data.flags, 'store-fault'] } };
  }
  const { gateId, laneId, readerId, direction, credentialId, cardholderId } = event.data;
  return {
    type: 'passage.denied',
    ...(event.at === undefined ? {} : { at: event.at }),
    data: { gateId, laneId, readerId, direction, credentialId, cardholderId, reason: 'store-fault' },
  };
}

function placeOf(reader: ReaderFact, gateId: string, laneId: string) {
  return { gateId, laneId, readerId: reader.id, direction: reader.direction };
}

function keyOf({ credential }: Read): string {
  return 'malformed' in credential ? `${credential.malformed}:${credential.raw}` : credentialKey(credential);
}
