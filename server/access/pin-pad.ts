/**
 * The PIN pads: gathers what is pressed, holds a card until its PIN comes, and counts wrong tries. A PIN is nowhere but
 * in this memory, until `#` or a few seconds of silence; no record and no journal has it.
 */
import type { ReaderPlace } from '../../hardware/osdp-ports.ts';
import type { Cancel, Clock, Read } from '../../hardware/ports.ts';
import type { NewEvent } from '../contract/events.ts';
import type { FeedbackOutcome } from '../contract/feedback.ts';
import type { PinMode } from '../contract/words.ts';
import type { Log } from '../log.ts';
import type { Directory } from './directory.ts';
import { pinCredential } from './directory-memory.ts';
import { afterLook, duressEvent } from './duress.ts';
import type { Facts, ReaderFact, TypedPin } from './facts.ts';
import { subjectOf } from './past-tries.ts';
import { afterWrong, isLocked, meantUnderDuress, type Tries, usualLimits } from './pin-tries.ts';
import { pinMode } from './rules.ts';

/** What came of a pad beside the read: the PIN judged, or nothing in time; `whose` finds who typed a PIN alone. */
export interface Typed {
  readonly given?: TypedPin;
  /** A hash. */
  readonly whose?: string;
}
export type PassagePin = (read: Read, typed: Typed) => Promise<void>;

export interface PinPads {
  /** Keys pressed on a reader; resolves when what they led to is done. */
  press(keys: ReaderPlace & { keys: string }, passage: PassagePin): Promise<void>;
  /** The card was good and its PIN is awaited. */
  wait(facts: Facts, read: Read, cardholderId: string, passage: PassagePin): void;
  locked(facts: Facts): boolean;
  /**
   * One more wrong PIN, or a right one: then the card's wrong ones before it count no more. Those at a reader that takes
   * the PIN alone do, since a right one there may be anybody's, also the own one of who guesses.
   */
  tried(facts: Facts, right: boolean): void;
  close(): void;
}

export interface PinPadParts {
  directory: Pick<Directory, 'place' | 'pin' | 'school'>;
  /** Wrong tries before the start. */
  past: ReadonlyMap<string, Tries>;
  hash(pin: string): Promise<string>;
  show(reader: ReaderFact, outcome: FeedbackOutcome): void;
  record(event: NewEvent): Promise<unknown>;
  clock: Clock;
  log: Log;
}

/** Between two keys. */
export const keyMs = 5_000;
/** From the card to the first key. */
export const pinMs = 10_000;
const mostDigits = 8;

interface Pad {
  digits: string;
  cancelDigits: Cancel;
  /** When PINs were looked at for duress while it was locked. */
  looks: readonly number[];
  card?: { read: Read; cardholderId: string; cancel: Cancel } | undefined;
}

export function createPinPads({ directory, past, hash, show, record, clock, log }: PinPadParts): PinPads {
  const pads = new Map<string, Pad>();
  const tries = new Map(past);

  function padOf(readerId: string): Pad {
    const pad = pads.get(readerId) ?? { digits: '', cancelDigits: () => {}, looks: [] };
    pads.set(readerId, pad);
    return pad;
  }

  function clear(pad: Pad): void {
    pad.cancelDigits();
    pad.digits = '';
  }

  /** What a reader at a lane takes now. */
  function modeOf(reader: ReaderFact | undefined): PinMode {
    const school = directory.school();
    const { lane } = reader ?? {};
    return reader && lane && school ? pinMode({ reader, lane, school }, clock.now()) : 'card';
  }

  /** Whose tries are counted. */
  function subject(facts: Facts): { readerId: string; credentialId?: string } | undefined {
    const { reader, found } = facts;
    if (pinMode(facts, clock.now()) === 'pin') return { readerId: reader.id };
    return found.kind === 'known' ? { readerId: reader.id, credentialId: found.credential.id } : undefined;
  }

  async function enter(
    reader: ReaderFact,
    place: ReaderPlace,
    digits: string,
    passage: PassagePin,
  ): Promise<void> {
    const pad = padOf(reader.id);
    const { card } = pad;
    pad.card = undefined;
    card?.cancel();
    const alone = modeOf(reader) === 'pin';
    if (!alone && !card) return;
    const locked = alone && isLocked(tries.get(subjectOf({ readerId: reader.id })), clock.monotonic());
    // No PIN is longer, and a locked pad takes none: neither is worth the time of a hash.
    if (digits.length > mostDigits || locked) {
      await passage(card?.read ?? readOf(place), { given: 'wrong' });
      return locked ? lookForDuress(reader, digits) : undefined;
    }
    const [own, meant] = await Promise.all([hash(digits), hash(meantUnderDuress(digits))]);
    const owners = [own, meant].map((each) => directory.pin(each)?.cardholder.id);
    const holds = (owner: string | undefined) =>
      owner !== undefined && (card === undefined || owner === card.cardholderId);
    const given = holds(owners[0]) ? 'right' : holds(owners[1]) ? 'duress' : 'wrong';
    if (card) return passage(card.read, { given });
    await passage(readOf(place), { given, whose: given === 'duress' ? meant : own });
  }

  /**
   * Whoever is threatened at a locked pad calls for help all the same. The refusal was shown and recorded before, as any
   * other, so that the pad says nothing of a PIN; few are looked at, so that nobody keeps the server busy with hashes.
   */
  async function lookForDuress(reader: ReaderFact, digits: string): Promise<void> {
    const looks =
      digits.length > mostDigits ? undefined : afterLook(padOf(reader.id).looks, clock.monotonic());
    if (!reader.lane || !looks) return;
    padOf(reader.id).looks = looks;
    const found = directory.pin(await hash(meantUnderDuress(digits)));
    if (!found) return;
    await record(duressEvent(reader, reader.lane, found, clock.now())).catch((error: unknown) =>
      log.error({ err: error }, 'a PIN typed under duress could not be recorded'),
    );
  }

  function readOf({ deviceId, reader }: ReaderPlace): Read {
    return { deviceId, reader, at: clock.now(), credential: pinCredential };
  }

  return {
    async press({ keys, ...place }, passage) {
      const reader = directory.place(place.deviceId, place.reader);
      // A card whose PIN is awaited gets it, though a card alone is enough from this minute on.
      if (!reader || (modeOf(reader) === 'card' && !pads.get(reader.id)?.card)) return;
      const pad = padOf(reader.id);
      for (const key of keys) {
        if (key === '#' && pad.digits !== '') {
          const { digits } = pad;
          clear(pad);
          await enter(reader, place, digits, passage);
        } else if (key >= '0' && key <= '9') {
          pad.cancelDigits();
          if (pad.digits.length <= mostDigits) pad.digits += key;
          pad.cancelDigits = clock.after(keyMs, () => clear(pad));
        } else clear(pad);
      }
    },
    wait({ reader }, read, cardholderId, passage) {
      const pad = padOf(reader.id);
      clear(pad);
      pad.card?.cancel();
      const cancel = clock.after(pinMs, () => {
        pad.card = undefined;
        clear(pad);
        void passage(read, {});
      });
      pad.card = { read, cardholderId, cancel };
      show(reader, 'waiting');
    },
    locked(facts) {
      const about = subject(facts);
      return about !== undefined && isLocked(tries.get(subjectOf(about)), clock.monotonic());
    },
    tried(facts, right) {
      const about = subject(facts);
      if (!about) return;
      const key = subjectOf(about);
      if (right) {
        if (about.credentialId !== undefined) tries.delete(key);
        return;
      }
      const limits = directory.school()?.pinLimits ?? usualLimits;
      const { tries: after, locks } = afterWrong(tries.get(key), clock.monotonic(), limits);
      tries.set(key, after);
      if (!locks) return;
      const { reader, lane } = facts;
      const data = {
        ...{ gateId: lane.gateId, laneId: lane.id, direction: reader.direction },
        ...about,
        until: clock.now() + limits.lockMs,
      };
      record({ type: 'pin.locked', data, at: clock.now() }).catch((error: unknown) =>
        log.error({ err: error }, 'a lock-out of a PIN pad could not be recorded'),
      );
    },
    close() {
      for (const pad of pads.values()) {
        clear(pad);
        pad.card?.cancel();
      }
    },
  };
}
