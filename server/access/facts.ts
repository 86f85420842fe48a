/**
 * Everything that a decision needs, as plain data. The directory keeps these in memory and changes them in place;
 * who decides only reads them, within one turn of the event loop.
 */
import type { z } from 'zod';
import type { Credential } from '../../hardware/credential.ts';
import type { CalendarDay, ruleDirection, scheduleDay } from '../contract/access.ts';
import type { Feedback } from '../contract/feedback.ts';
import type {
  ApbMode,
  CardholderKind,
  CardholderStatus,
  CredentialStatus,
  Direction,
  OnStoreFault,
  PinMode,
  Posture,
} from '../contract/words.ts';
import type { PassFact } from '../visits/pass-fact.ts';
import type { PassClaims, TokenRefusal } from '../visits/pass-token.ts';

// ---- schedules ---------------------------------------------------------------------------------------

/** `1` (Monday) to `7`, and two kinds of days of the school calendar. */
export type ScheduleDay = z.infer<typeof scheduleDay>;
export type CalendarDayKind = CalendarDay['kind'];

/** Minutes from midnight, the end exclusive. An end not after the start lies on the next day. */
export interface Window {
  readonly startMinute: number;
  readonly endMinute: number;
}

export interface ScheduleFact {
  readonly id: string;
  readonly name: string;
  readonly ignoresCalendar: boolean;
  readonly windows: Readonly<Record<ScheduleDay, readonly Window[]>>;
  /** Whether any window runs into the next day. */
  readonly overnight: boolean;
}

export interface CalendarDayFact {
  readonly kind: CalendarDayKind;
  /** Of a make-up day: the weekday whose windows it follows, 1 to 7. */
  readonly followsWeekday?: number;
  readonly name: string;
}

/** Days of the school calendar that are not ordinary ones, by day number (days since 1970-01-01). */
export type Calendar = ReadonlyMap<number, CalendarDayFact>;

/** Wall-clock time: day number and minute of the day. */
export interface LocalTime {
  readonly day: number;
  readonly minute: number;
}

export interface TimeZone {
  readonly name: string;
  /** Minutes that the wall clock is ahead of UTC at an instant. */
  offsetAt(instant: number): number;
  localAt(instant: number): LocalTime;
}

/** So many wrong PINs within so long lock for so long. */
export interface PinLimits {
  readonly tries: number;
  readonly withinMs: number;
  readonly lockMs: number;
}

export interface SchoolFact {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly sample: boolean;
  /** What its readers show, where it is not the usual. */
  readonly feedback: Feedback;
  readonly pinLimits: PinLimits;
  readonly timeZone: TimeZone;
  readonly calendar: Calendar;
}

// ---- places ------------------------------------------------------------------------------------------

export interface GateFact {
  readonly id: string;
  readonly name: string;
  readonly position: number;
}

export interface ZoneFact {
  readonly id: string;
  readonly name: string;
  readonly apbMode: ApbMode;
  readonly apbMinutes: number;
}

export interface LaneFact {
  readonly id: string;
  readonly gateId: string;
  readonly name: string;
  readonly position: number;
  readonly posture: Posture;
  /** The zone that direction `in` leads into and `out` out of. */
  readonly zone: ZoneFact | undefined;
  readonly output: { readonly deviceId: string; readonly channel: number } | undefined;
  readonly pulseMs: number;
  /** Door position switch and request-to-exit button, 0-based inputs. */
  readonly dps: { readonly deviceId: string; readonly input: number } | undefined;
  readonly rex: { readonly deviceId: string; readonly input: number } | undefined;
  readonly rexReleases: boolean;
  readonly notEnteredMs: number;
  readonly heldWarningMs: number;
  readonly heldAlarmMs: number;
  readonly onStoreFault: OnStoreFault;
  /** What a reader says outside the secure channel is refused. */
  readonly demandsSecure: boolean;
  readonly pinIn: PinMode;
  readonly pinOut: PinMode;
  /** Within it the card is enough where a card and a PIN are asked for. */
  readonly cardAlone: ScheduleFact | undefined;
}

export interface ReaderFact {
  readonly id: string;
  readonly name: string;
  readonly deviceId: string;
  /** Which reader on the device. */
  readonly number: number;
  readonly direction: Direction;
  /** What it shows, where that is not the school's. */
  readonly feedback: Feedback;
  /** Absent: a reader on a desk, for enrolment. */
  readonly lane: LaneFact | undefined;
}

// ---- people ------------------------------------------------------------------------------------------

export interface CardholderFact {
  readonly id: string;
  readonly kind: CardholderKind;
  readonly number: string | null;
  readonly name: string;
  /** Class of a student, department of staff. */
  readonly unit: string | null;
  readonly status: CardholderStatus;
  readonly photoId: string | null;
}

export interface CredentialFact extends Credential {
  readonly id: string;
  readonly status: CredentialStatus;
  /** Valid from this instant on; null: since ever. */
  readonly validFrom: number | null;
  /** No longer valid at this instant; null: for ever. */
  readonly validUntil: number | null;
  readonly cardholder: CardholderFact;
}

export interface AccessGroupFact {
  readonly id: string;
  readonly name: string;
  readonly lockdownExempt: boolean;
}

export type RuleDirection = z.infer<typeof ruleDirection>;

export interface AccessRuleFact {
  readonly id: string;
  readonly groupId: string;
  readonly laneId: string;
  readonly direction: RuleDirection;
  readonly schedule: ScheduleFact;
}

/** The last passage of a cardholder over the border of one zone. */
export interface ZonePassage {
  readonly direction: Direction;
  readonly laneId: string;
  readonly at: number;
}

/** A time at which somebody crossed a zone's border, or may have. */
export interface Crossed {
  readonly laneId: string;
  readonly at: number;
  /** Null when it is not known whether they did. */
  readonly direction: Direction | null;
}

// ---- one read ----------------------------------------------------------------------------------------

/**
 * How the read is the enrolled credential: the same · the low bits of it, all that the reader sends · longer than
 * what was enrolled.
 */
export type MatchForm = 'exact' | 'read-shorter' | 'enrolled-shorter';

/** Whose the credential is, and all about them that the rules ask. */
export interface Known {
  readonly kind: 'known';
  readonly credential: CredentialFact;
  readonly cardholder: CardholderFact;
  readonly form: MatchForm;
  readonly groups: readonly AccessGroupFact[];
  /** The access rules of these groups for this lane and direction. */
  readonly rules: readonly AccessRuleFact[];
  /** Over the border of the lane's zone; undefined when unknown, or when the zone does not ask. */
  readonly lastPassage: ZonePassage | undefined;
}

/** A visitor's pass: what its token says, or why it says nothing, and what is known of the pass by that number. */
export interface FoundPass {
  readonly kind: 'pass';
  readonly token: PassClaims | TokenRefusal;
  readonly pass: PassFact | undefined;
  /** Over the border of the lane's zone; undefined when it is not known. */
  readonly lastPassage: ZonePassage | undefined;
  /** The same, but also where it is not known whether they went through. */
  readonly crossed: Crossed | undefined;
}

/** `ambiguous`: credentials of several people share the form that was read, so it may be anyone's. */
export type Found =
  | Known
  | FoundPass
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ambiguous'; readonly credentials: readonly CredentialFact[] };

/** `duress`: right, and typed in the way that says so. */
export type TypedPin = 'right' | 'wrong' | 'duress';

export interface Facts {
  readonly reader: ReaderFact;
  readonly lane: LaneFact;
  readonly school: Pick<SchoolFact, 'timeZone' | 'calendar'>;
  readonly found: Found;
  /** The reader is in the secure channel under its own key. Absent: it is not, or knows none. */
  readonly secure?: boolean;
  /** When the card was read whose PIN has been awaited since: what it took then is what it takes. */
  readonly readAt?: number;
  /** What the PIN that was typed is to the person found; absent while none was typed. */
  readonly pin?: TypedPin;
  /** Too many wrong PINs: at this reader, or with this card. */
  readonly pinLocked?: boolean;
}
