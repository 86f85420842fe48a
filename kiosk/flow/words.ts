/** The words of the flow: its screens, what it asks of the shell, and what comes back. */
import type { z } from 'zod';
import type { KioskDocument } from '../../server/contract/documents.ts';
import type { GuardVisit } from '../../server/contract/kiosk-guard.ts';
import type { kioskRegistration, kioskVisitRoutes } from '../../server/contract/kiosk-visits.ts';
import type { RouteAnswer } from '../../server/contract/route.ts';
import type { Routes } from '../../server/contract/routes.ts';
import type { IdKind } from '../../server/contract/visit-words.ts';
import type { VisitorType } from '../../server/contract/visitor-types.ts';
import type { Language } from '../../server/contract/words.ts';

import type { Failure } from '../failure.ts';

export type Site = RouteAnswer<Routes['kiosk.get']> & { types: VisitorType[] };
export type Known = NonNullable<RouteAnswer<Routes['kiosk.known']>>;
export type Expected = RouteAnswer<Routes['kiosk.expected']>;
export type Answered = RouteAnswer<Routes['kiosk.register']>;
export type Registration = z.input<typeof kioskRegistration>;
export type Arrival = z.input<(typeof kioskVisitRoutes)['kiosk.arrive']['body']>;
/** The text of a code, or the number of a pass and the end of a telephone number. */
export type Shown = { token: string } | { number: number; lastDigits: string };

export type Guard = RouteAnswer<Routes['kiosk.guard-sign-in']>;
export type GuardVisits = RouteAnswer<Routes['kiosk.guard-visits']>;
export type GuardDecision = z.input<Routes['kiosk.guard-decide']['body']> & { reason: string };

export type Task = 'appointment' | 'register' | 'guardian' | 'sign-out';
/** Screens that are filled in. */
export type Step = 'type' | 'person' | 'visit' | 'confirm';

/** What the person in front of the kiosk has given so far. */
export interface Draft {
  /** Of this registration: sent twice, it counts once. */
  key: string;
  typeId?: string;
  name: string;
  phone: string;
  organisation: string;
  idKind: IdKind;
  idNumber: string;
  /** Machine-readable lines that a scanner has sent, until all of them are here. */
  mrz: string;
  host?: { id: string; name: string };
  /** What was typed where no host could be searched, and what the field of that name holds. */
  department: string;
  purpose: string;
  companions: string[];
  plate: string;
  items: string;
  photo?: Blob;
  signature?: Blob;
  agreed: boolean;
  lastDigits: string;
  /** Name, kind and number are as the card on the reader says. */
  byCard: boolean;
  /** Known again: the visitor of an earlier visit. */
  visitorId?: string;
  shown?: Shown;
  expected?: Expected;
}

export type Screen =
  | { at: 'starting' }
  | { at: 'pairing' }
  | { at: 'start' }
  | { at: 'code'; by: 'camera' | 'number' }
  | { at: 'known' }
  | { at: 'is-it-you'; found: Known }
  | { at: Step }
  | { at: 'guard-pin' }
  | { at: 'guard'; visits?: GuardVisits }
  | { at: 'guard-visit'; visit: GuardVisit }
  /** `kept`: the server is away, and it is sent later. */
  | { at: 'result'; result: { state: 'kept' } | Answered };

/** What the person is told on the screen that stands; a closed list, each with its sentence. */
export type Fault =
  | 'pairing-code'
  | 'code-unknown'
  | 'number-unknown'
  | 'not-known'
  | 'not-expected'
  | 'not-inside'
  | 'card-unread'
  | 'card-taken-away'
  | 'card-unknown'
  | 'card-expired'
  | 'guard-pin'
  | 'guard-locked'
  | 'guard-refused'
  | 'away'
  | 'too-many'
  | 'refused';

export type Ask =
  | { kind: 'site' }
  | { kind: 'pair'; code: string }
  | { kind: 'known'; name: string; lastDigits: string; idKind?: IdKind; idNumber?: string }
  | { kind: 'expected'; shown: Shown }
  | { kind: 'arrive'; arrival: Arrival; photo?: Blob; signature?: Blob }
  | { kind: 'register'; registration: Registration; photo?: Blob; signature?: Blob }
  | { kind: 'sign-out'; shown: Shown }
  | { kind: 'guard-sign-in'; pin: string }
  | { kind: 'guard-visits'; session: string; quiet: boolean }
  | { kind: 'guard-decide'; decision: GuardDecision }
  | { kind: 'guard-sign-out'; session: string }
  /** How the visit stands for which somebody waits. */
  | { kind: 'visit'; key: string };

export type Answer =
  | { kind: 'site'; site: Site; online: boolean }
  | { kind: 'known'; found: Known | null }
  | { kind: 'expected'; expected: Expected }
  | { kind: 'visit'; visit: Answered }
  | { kind: 'kept' }
  | { kind: 'guard'; guard: Guard }
  | { kind: 'guard-visits'; visits: GuardVisits }
  | { kind: 'decided' }
  | { kind: 'signed-out' }
  | { kind: 'failed'; code: Failure; why?: string | undefined };

export interface Flow {
  site?: Site;
  screen: Screen;
  /** Screens to go back to, the last one first to be seen again. */
  trail: Screen[];
  task?: Task;
  /** Whose mode it is; undefined for self-service. */
  guard?: Guard | undefined;
  draft: Draft;
  /** The draft when the keys that follow fast one on another began: if they are a scanner's, no field was meant. */
  before: Draft;
  /** Fields that were left or sent on once: what is wrong with them is told. */
  told: string[];
  fault?: Fault;
  /** What the shell is to do; its answer counts while this very one stands. */
  ask?: { id: number; what: Ask };
  asked: number;
  online: boolean;
  language: Language;
  now: number;
  touchedAt: number;
}

export type GuardEvent =
  | { type: 'guard' }
  | { type: 'guard-pin'; pin: string }
  | { type: 'guard-visit'; id: string }
  | { type: 'guard-decide'; outcome: GuardDecision['outcome']; reason: string };

export type FlowEvent =
  | GuardEvent
  /** A touch of anything; while the countdown runs, only `more-time` stops it. */
  | { type: 'tick' | 'touched' | 'more-time'; now: number }
  | { type: 'network'; online: boolean; parts?: Site['parts'] }
  /** The server no longer knows this kiosk. */
  | { type: 'unpaired' }
  | { type: 'card'; document: KioskDocument }
  | { type: 'language'; language: Language }
  | { type: 'pair'; code: string }
  | { type: 'begin'; task: Task; key: string; purpose?: string }
  | { type: 'scanned'; text: string; key: string }
  | { type: 'numbered'; number: string; lastDigits: string }
  | { type: 'by'; by: 'camera' | 'number' }
  | { type: 'been-here' }
  | { type: 'look-up' }
  | { type: 'it-is-me' }
  | { type: 'not-me' }
  | { type: 'chose'; typeId: string }
  | { type: 'filled'; draft: Partial<Draft> }
  | { type: 'left-field'; field: string }
  | { type: 'next' | 'back' | 'cancel' | 'ask-again' }
  | { type: 'answered'; id: number; answer: Answer };
