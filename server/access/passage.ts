/**
 * The way of a swipe, in the order in which it happens: facts, decision, record, relay. What becomes of it, and
 * everything that follows from it, is recorded by those who follow.
 */
import { type Credential, credentialKey } from '../../hardware/credential.ts';
import type { Clock, Read, RelayResult } from '../../hardware/ports.ts';
import type { NewEvent } from '../contract/events.ts';
import type { FeedbackOutcome } from '../contract/feedback.ts';
import { releaseWithinMs } from '../contract/gates.ts';
import type { Direction } from '../contract/words.ts';
import type { Recorder } from '../events/recorder.ts';
import type { Log } from '../log.ts';
import { type Decision, type Deny, decide, type Grant } from './decide.ts';
import type { Directory } from './directory.ts';
import { duressEvent } from './duress.ts';
import type { Facts, ReaderFact } from './facts.ts';
import type { PinPads, Typed } from './pin-pad.ts';
import type { Claim, Presence } from './presence.ts';
import { type FactParts, factsOfRead } from './read-facts.ts';
import type { Refusals } from './refusals.ts';
import { pinMode } from './rules.ts';

/** A grant as the lane needs it: what to call it in the record of the outcome, and whose it is. */
export interface GrantedPassage {
  kind: 'grant';
  /** Of `passage.granted`; undefined while the store takes no records. */
  seq: number | undefined;
  readerId: string;
  direction: Direction;
  holder: GrantHolder;
  /** Monotonic milliseconds: later, nobody may stand there any more, and the relay must not move. */
  notAfter: number;
}

/** Who passes: a cardholder, or a visitor by pass and visit. */
export type GrantHolder = { cardholderId: string } | { passId: string; visitId: string };

export interface PassageParts extends FactParts {
  directory: FactParts['directory'] & Pick<Directory, 'place'>;
  presence: FactParts['presence'] & Pick<Presence, 'claim' | 'release'>;
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

  /** By the card or pass that was read, or by the PIN alone: then the card at hand is the one that it belongs to. */
  function factsOf(reader: ReaderFact, card: Credential | undefined, pinHash: string | undefined) {
    return pinHash === undefined
      ? factsOfRead(parts, reader, card)
      : directory.facts(reader, { pinHash }, presence.lastPassage);
  }

  function decideNow(read: Read, typed: Typed | undefined): Decided | undefined {
    const reader = directory.place(read.deviceId, read.reader);
    const card = 'malformed' in read.credential ? undefined : read.credential;
    const known = reader && factsOf(reader, card, typed?.whose);
    if (!known) return undefined; // At no lane: a reader on a desk, or one that nobody has set up.
    const facts: Facts = {
      ...known,
      secure: secure(read.deviceId, read.reader),
      pinLocked: pins.locked(known),
      ...(typed ? { readAt: read.at } : {}),
      ...(typed?.given ? { pin: typed.given } : {}),
    };
    const at = clock.now();
    const decision = decide(facts, read, at);
    // Claimed in the turn of the decision: a second reader must not be faster than the record.
    const claim = decision.grant
      ? presence.claim(holderOfGrant(decision), facts.lane.id, facts.reader.direction, at)
      : undefined;
    return { facts, decision, claim, at };
  }

  function withdraw({ claim }: Decided): void {
    if (claim) presence.release(claim);
  }

  /**
   * After a passage or a refusal, once the reader has shown it: nothing there differs from any other, whether this is
   * recorded or fails.
   */
  async function tellDuress({ facts }: Decided, typed: Typed | undefined): Promise<void> {
    if (typed?.given !== 'duress' || facts.found.kind !== 'known') return;
    try {
      const { reader, lane, found } = facts;
      await recorder.record(duressEvent(reader, lane, found.credential, clock.now()));
    } catch (error) {
      log.error({ err: error, laneId: facts.lane.id }, 'a PIN typed under duress could not be recorded');
    }
  }

  return async function passage(read, typed) {
    const notAfter = clock.monotonic() + releaseWithinMs;
    const first = decideNow(read, typed);
    if (!first) return;
    if (!first.decision.grant) {
      const { reason, cardholder } = first.decision;
      if (reason === 'pin-wrong') pins.tried(first.facts, false);
      // Not refused yet: what became of it is recorded when the PIN has come, or has not in time.
      if (
        reason === 'pin-needed' &&
        !typed &&
        cardholder &&
        pinMode(first.facts, first.at) === 'card-and-pin'
      )
        return pins.wait(first.facts, read, cardholder.id, passage);
      if (!admitted(refusals, first.facts, read, first.decision)) {
        show(first.facts.reader, 'denied');
        return tellDuress(first, typed);
      }
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
      if (!decision.grant || recorded.event.type !== 'passage.granted') {
        withdraw(last);
        show(facts.reader, 'denied');
        return await tellDuress(first, typed);
      }
      // The relay first: what the person is shown, and what nobody is shown, must not delay it.
      const released = lanes.release(facts.lane.id, {
        kind: 'grant',
        seq: recorded.durable === 'log' ? recorded.event.seq : undefined,
        readerId: facts.reader.id,
        direction: facts.reader.direction,
        holder: holderOfGrant(decision),
        notAfter,
      });
      show(facts.reader, 'granted');
      if (typed?.given) pins.tried(facts, true);
      await Promise.all([released, tellDuress(first, typed)]);
    } catch (error) {
      // No record, no opening.
      withdraw(last);
      show(first.facts.reader, 'denied');
      log.error(
        { err: error, laneId: first.facts.lane.id },
        'a passage could not be recorded and was refused',
      );
      await tellDuress(first, typed);
    }
  };
}

/** Whether a refusal is recorded by itself, or one of too many that are counted. */
function admitted(
  refusals: PassageParts['refusals'],
  { reader, lane }: Facts,
  read: Read,
  { credential, pass }: Deny,
): boolean {
  const where = { ...placeOf(reader, lane.gateId, lane.id), deviceId: read.deviceId };
  const known = credential ?? pass;
  return refusals.admits(where, known?.id ?? keyOf(read), known !== undefined);
}

/** Of a visitor only the pass and the visit; the token that was read opens lanes and is never recorded. */
function holderOfGrant({ pass, cardholder }: Grant): GrantHolder {
  return pass ? { passId: pass.id, visitId: pass.visitId } : { cardholderId: cardholder.id };
}

/** What a decision is recorded as. */
export function passageEvent(facts: Facts, read: Read, decision: Decision, at: number): NewEvent {
  const where = placeOf(facts.reader, facts.lane.gateId, facts.lane.id);
  if (facts.found.kind === 'pass') return passEvent(where, decision, at);
  const readKey = keyOf(read);
  const { credential, cardholder } = decision;
  const whose = {
    ...(credential ? { credentialId: credential.id } : {}),
    ...(cardholder ? { cardholderId: cardholder.id } : {}),
  };
  if (decision.grant) {
    const shown = credential && readKey === credentialKey(credential) ? {} : { readKey };
    return {
      type: 'passage.granted',
      at,
      data: { ...where, ...whose, flags: [...decision.flags], ...shown },
    };
  }
  const { reason } = decision;
  return {
    type: 'passage.denied',
    at,
    data: { ...where, reason, ...whose, ...(credential ? {} : { readKey }) },
  };
}

function passEvent(where: ReturnType<typeof placeOf>, decision: Decision, at: number): NewEvent {
  const { pass } = decision;
  const whose = pass ? { passId: pass.id, visitId: pass.visitId } : {};
  if (decision.grant) {
    return { type: 'passage.granted', at, data: { ...where, ...whose, flags: [...decision.flags] } };
  }
  const { reason, used } = decision;
  return {
    type: 'passage.denied',
    at,
    data: {
      ...where,
      reason,
      ...whose,
      ...(used && {
        used: { at: used.at, laneId: used.laneId, ...(used.direction && { direction: used.direction }) },
      }),
    },
  };
}

/** While the store takes no records, the lane's setting says whether a known person still passes; a visitor doesn't. */
function withoutStore({ lane }: Facts, decision: Decision, event: NewEvent): NewEvent {
  if (!decision.grant || event.type !== 'passage.granted') return event;
  if (lane.onStoreFault === 'pass-known' && !decision.pass) {
    return { ...event, data: { ...event.data, flags: [...event.data.flags, 'store-fault'] } };
  }
  const { flags: _, ...data } = event.data;
  return {
    type: 'passage.denied',
    ...(event.at === undefined ? {} : { at: event.at }),
    data: { ...data, reason: 'store-fault' },
  };
}

function placeOf(reader: ReaderFact, gateId: string, laneId: string) {
  return { gateId, laneId, readerId: reader.id, direction: reader.direction };
}

function keyOf({ credential }: Read): string {
  return 'malformed' in credential ? `${credential.malformed}:${credential.raw}` : credentialKey(credential);
}
