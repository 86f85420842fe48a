/**
 * What the ACU knows of one PD, as a value, and where it stands with it. `turn.ts` says what goes out next, `answer.ts`
 * what an answer or its absence changes. Times are monotonic milliseconds.
 */
import type { Command } from '../../codec/osdp/command.ts';
import type { FrameCheck } from '../../codec/osdp/frame.ts';
import type { FrameBody, ProvenPd } from '../../codec/osdp/handshake.ts';
import type { PdidReply, readCapabilities } from '../../codec/osdp/identity.ts';
import { defaultKey, type OsdpKey } from '../../codec/osdp/key.ts';
import type { NakReply, Reply } from '../../codec/osdp/reply.ts';
import type { SecureSession } from '../../codec/osdp/secure-session.ts';
import type { AttachedReader, ReaderStatus } from '../../osdp-ports.ts';
import type { Flight } from './flight.ts';

/** `next` is a key that the PD may have taken already: its acknowledgement is still to come, or was lost. */
export interface PdKeys {
  readonly current?: OsdpKey;
  readonly next?: OsdpKey;
}
export type KeyName = 'current' | 'next' | 'default';

export type Stage =
  /** Its keys have not come from the store yet. */
  | { readonly at: 'no-keys' }
  | { readonly at: 'identifying'; readonly by: 'poll' | 'id' | 'cap' }
  | { readonly at: 'challenging'; readonly with: KeyName }
  | {
      readonly at: 'proving';
      readonly with: KeyName;
      readonly pd: ProvenPd;
      readonly scrypt: FrameBody;
    }
  /** At work: in the secure channel, or where that is allowed without a key in the clear. */
  | { readonly at: 'work'; readonly with: KeyName | 'nothing' };

/** Something that shall be said to the PD once. */
export interface Ask {
  readonly id: number;
  readonly command: Command;
  /** `relay` goes ahead of everything, `show` ahead of polls, `slow` behind them. */
  readonly rank: 'relay' | 'show' | 'slow';
  /** It is not sent any more from then on, nor sent again. */
  readonly notAfter: number;
  /** A KEYSET with an acknowledgement that nobody signed. */
  readonly doubted?: boolean;
}

/** `lost` sent, and no answer ever came · `unsent` nothing of it was on the wire · `impossible` no frame can say it. */
export type AskResult =
  | { kind: 'answered'; reply: Reply }
  | { kind: 'refused'; nak: NakReply }
  | { kind: 'lost' }
  | { kind: 'impossible'; detail: string }
  | { kind: 'unsent'; why: 'offline' | 'too-late' };

export type PdState = 'connecting' | 'online' | 'not-answering' | 'offline';

export interface Pd {
  readonly address: number;
  /** Milliseconds that a byte takes. */
  readonly byteMs: number;

  readonly state: PdState;
  readonly stage: Stage;
  readonly keys: PdKeys;
  readonly keyState: ReaderStatus['key'];
  /** Handshakes in a row that it refused under every key. */
  readonly refusals: number;
  /** Until when a person lets it be given its first key. */
  readonly enrolUntil: number;

  readonly check: FrameCheck;
  readonly sequence: number;
  readonly session?: SecureSession;
  readonly flight?: Flight;
  /** Of which ask the flight is. */
  readonly asked?: Ask;
  readonly challenge?: Uint8Array;
  /** The last good answer: heard again, it says nothing. */
  readonly lastAnswer?: Uint8Array;

  readonly chores: readonly Command[];
  readonly asks: readonly Ask[];
  readonly dueAt: number;
  readonly urgent: boolean;
  readonly pollAt: number;
  readonly polledAt?: number;
  /** Time from poll to poll, smoothed. */
  readonly pollMs?: number;
  /** Commands since the last poll. */
  readonly sincePoll: number;
  /** Events in a row. */
  readonly eager: number;

  /** Last good answer, and last sign of life. */
  readonly heardAt: number;
  readonly aliveAt: number;
  /** Turn-around of its slowest answers of late. */
  readonly slowestMs?: number;
  /** Commands in a row without any answer. */
  readonly misses: number;
  /** Since it last did something, how often it said that what came was damaged. */
  readonly complaints: number;
  /** Sessions in a row that ended before anything signed came in them. */
  readonly torn: number;

  readonly identity?: PdidReply;
  readonly capabilities?: ReturnType<typeof readCapabilities>;
  readonly tamper?: boolean;
  readonly powerFault?: boolean;
  /** What hangs on it as a reader of its own. */
  readonly attached?: AttachedReader;
  /** It was gone, and what its outputs do is not known to be wanted any more. */
  readonly away: boolean;
  readonly inputs: readonly boolean[];
  readonly outputs: readonly boolean[];
}

export type Effect =
  /** To be trusted, and for whoever listens. */
  | { kind: 'heard'; reply: Reply }
  | { kind: 'settled'; ask: Ask; result: AskResult }
  /** The keys that hold from now on: to be stored. */
  | { kind: 'keys'; keys: PdKeys }
  | { kind: 'key-told'; key: 'set' | 'lost' | 'refused' }
  /** In the channel under the default key: it needs one of its own. */
  | { kind: 'key-wanted' }
  /** Damage, silence or a forgery, for the count. */
  | { kind: 'error' };

export interface Step {
  readonly pd: Pd;
  readonly effects: readonly Effect[];
}

export const notAnsweringMs = 1_000;
export const offlineMs = 8_000;

export interface PdSettings {
  address: number;
  byteMs: number;
}

/** A PD of which nothing is known yet. */
export function unknownPd(settings: PdSettings, now: number): Pd {
  return {
    ...settings,
    state: 'connecting',
    stage: { at: 'no-keys' },
    keys: {},
    keyState: 'none',
    refusals: 0,
    enrolUntil: 0,
    check: 'crc',
    sequence: 0,
    chores: [],
    asks: [],
    dueAt: now,
    urgent: false,
    pollAt: now,
    sincePoll: 0,
    eager: 0,
    heardAt: now,
    aliveAt: now,
    misses: 0,
    complaints: 0,
    torn: 0,
    away: true,
    inputs: [],
    outputs: [],
  };
}

/** From number 0, in the stage where its keys put it. */
export function begun(pd: Pd, now: number): Pd {
  // Without `polledAt`: how long it was away is no time from poll to poll.
  const { session, flight, asked, challenge, lastAnswer, polledAt, ...kept } = pd;
  const by = pd.stage.at === 'identifying' && pd.stage.by === 'poll' ? 'poll' : 'id';
  const [first] = keyNames(pd, now);
  const stage: Stage =
    first && first !== 'default' ? { at: 'challenging', with: first } : { at: 'identifying', by };
  return { ...kept, sequence: 0, stage, chores: [], eager: 0, sincePoll: 0 };
}

/**
 * The same for a PD that is there but has lost the thread. What it was asked once has not been done, and is asked again;
 * what it was asked more often may have been, and never is.
 */
export function restarted(pd: Pd, now: number): Step {
  const { asked, flight } = pd;
  const next = begun(pd, now);
  if (!asked) return { pd: next, effects: [] };
  if ((flight?.sent ?? 0) > 1) return { pd: next, effects: [settled(asked, { kind: 'lost' })] };
  return { pd: { ...next, asks: [asked, ...next.asks] }, effects: [] };
}

/** Its keys have come from the store. */
export function withKeys(pd: Pd, keys: PdKeys, now: number): Step {
  const keyState = keys.current || keys.next ? 'held' : 'none';
  return { pd: begun({ ...pd, keys, keyState, dueAt: now }, now), effects: [] };
}

/** The store would not give them: without them nothing is said to it. */
export function withoutKeys(pd: Pd): Step {
  return { pd: pd.stage.at === 'no-keys' ? { ...pd, keyState: 'unreadable' } : pd, effects: [] };
}

/** A person lets it be given a key, until then; or no longer, when that is over. */
export function withEnrolment(pd: Pd, enrolUntil: number, now: number): Step {
  // One that holds its key needs none, and who took its place within that time would be given one without a word.
  if (now < enrolUntil && isSecure(pd) && pd.state === 'online') return { pd, effects: [] };
  const next: Pd = { ...pd, enrolUntil };
  if (now >= enrolUntil || pd.stage.at === 'no-keys' || pd.keyState === 'held')
    return { pd: next, effects: [] };
  return restarted({ ...next, refusals: 0, dueAt: now }, now);
}

/** The keys to try, in this order. The one that everybody knows only while a person lets it. */
export function keyNames({ keys, keyState, enrolUntil, asks }: Pd, now: number): KeyName[] {
  const order = asks.some(({ doubted }) => doubted) ? newestFirst : oldestFirst;
  const own = order.filter((name) => keys[name]);
  const open = now < enrolUntil && (own.length === 0 || keyState === 'lost');
  return open ? [...own, 'default'] : own;
}

const oldestFirst = ['current', 'next'] as const;
const newestFirst = ['next', 'current'] as const;

export function keyNamed({ keys }: Pd, name: KeyName): OsdpKey | undefined {
  return name === 'default' ? defaultKey : keys[name];
}

export const isSecure = ({ stage }: Pd): boolean =>
  stage.at === 'work' && (stage.with === 'current' || stage.with === 'next');

/** At work, and through with what is asked at the beginning: so nothing of that comes after what it is told now. */
export const isReady = ({ state, stage, chores }: Pd): boolean =>
  state === 'online' && stage.at === 'work' && stage.with !== 'default' && chores.length === 0;

/**
 * Who is likely to bring nothing but a wait for silence: one that is gone, or did not answer twice in a row. Of several
 * that are silent at once, none has just lost an answer.
 */
export function probes(pds: readonly Pd[]): (pd: Pd) => boolean {
  const silent = pds.filter(({ state, misses }) => state !== 'offline' && misses > 0).length;
  return ({ state, misses }) => state === 'offline' || misses > (silent > 1 ? 0 : 1);
}

/** So many sessions in a row are no accident: somebody else ends them. */
export const manyTorn = 3;

/** So many complaints in a row are no accident of the line. */
export const manyComplaints = 10;

/** Whether what it says is taken: under the default key it is not, nor in the clear once it has a key. */
export function isTrusted({ stage, keys }: Pd): boolean {
  if (stage.at === 'identifying') return !keys.current && !keys.next;
  return stage.at === 'work' && stage.with !== 'default';
}

export const settled = (ask: Ask, result: AskResult): Effect => ({ kind: 'settled', ask, result });

/** What time alone changes: silence is noticed, and after long silence everything begins anew. */
export function observed(pd: Pd, now: number): Step {
  if (pd.state !== 'offline' && now >= pd.heardAt + offlineMs) {
    const { asked, asks } = pd;
    const effects = [
      ...(asked ? [settled(asked, { kind: 'lost' })] : []),
      ...asks.map((ask) => settled(ask, ask.doubted ? { kind: 'lost' } : { kind: 'unsent', why: 'offline' })),
    ];
    // Of one that has fallen silent nobody knows any more whether it understands.
    const complaints = pd.misses > 0 ? 0 : pd.complaints;
    const gone: Partial<Pd> = {
      asks: [],
      urgent: false,
      check: 'crc',
      away: true,
      complaints,
      state: 'offline',
    };
    return { pd: { ...begun(pd, now), ...gone }, effects };
  }
  const silent = now >= pd.aliveAt + notAnsweringMs;
  const notices = silent && (pd.state === 'online' || pd.state === 'connecting');
  return { pd: notices ? { ...pd, state: 'not-answering' } : pd, effects: [] };
}

/** When `observed` has something to say, at the latest. */
export function observeAt({ state, aliveAt, heardAt }: Pd): number {
  if (state === 'offline') return Number.POSITIVE_INFINITY;
  return state === 'not-answering' ? heardAt + offlineMs : aliveAt + notAnsweringMs;
}
