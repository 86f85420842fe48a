/** The closed word lists of the domain. Codes are stable: they stand in records and exports for ever. */
import { z } from 'zod';

export const direction = z.enum(['in', 'out']);
export type Direction = z.infer<typeof direction>;

/** How a lane behaves: normal · held open for all · closed but for exempt groups · out of service. */
export const posture = z.enum(['controlled', 'free', 'lockdown', 'disabled']);
export type Posture = z.infer<typeof posture>;

export const cardholderKind = z.enum(['student', 'staff', 'guard', 'contractor', 'guardian']);
export type CardholderKind = z.infer<typeof cardholderKind>;

export const cardholderStatus = z.enum(['active', 'suspended', 'left']);
export type CardholderStatus = z.infer<typeof cardholderStatus>;

export const credentialStatus = z.enum(['active', 'lost', 'suspended']);
export type CredentialStatus = z.infer<typeof credentialStatus>;

/** What opens a lane in one direction: a card · a PIN alone · both. */
export const pinMode = z.enum(['card', 'pin', 'card-and-pin']);
export type PinMode = z.infer<typeof pinMode>;

/** Anti-passback of a zone: off · refuse · let through and flag · refuse the same way again within minutes. */
export const apbMode = z.enum(['off', 'hard', 'soft', 'timed']);
export type ApbMode = z.infer<typeof apbMode>;

/** Why a passage was refused, in the order in which the rules are walked; the first that holds decides. */
export const denyReason = z.enum([
  'malformed-credential',
  'reader-not-secure',
  'pin-locked',
  'pin-wrong',
  // Of a visitor's pass: what its token says by itself.
  'pass-malformed',
  'pass-wrong-school',
  'pass-unknown-key',
  'pass-bad-signature',
  'pass-not-yet-valid',
  'pass-expired',
  'unknown-credential',
  // What is known of the pass, in place of card and cardholder.
  'pass-revoked',
  'pass-not-approved',
  'pass-old-code',
  'credential-lost',
  'credential-suspended',
  'credential-not-yet-valid',
  'credential-expired',
  'cardholder-suspended',
  'cardholder-left',
  'lane-disabled',
  'lane-lockdown',
  // The rest of a pass; and of cards.
  'pass-wrong-lane',
  'pass-no-entry',
  'pass-used',
  'no-rule',
  'outside-schedule',
  'anti-passback',
  'anti-passback-timed',
  // At the lane: the PIN is awaited. In the record: it did not come in time.
  'pin-needed',
  // Not a rule: the store could not take the record and the lane's setting refuses this person then.
  'store-fault',
]);
export type DenyReason = z.infer<typeof denyReason>;

/** What was remarkable about a grant. */
export const grantFlag = z.enum([
  'anti-passback-soft',
  'lane-free',
  'lockdown-exempt',
  // A visitor who leaves after the pass has expired.
  'pass-overdue',
  'store-fault',
]);
export type GrantFlag = z.infer<typeof grantFlag>;

/**
 * What became of a granted passage. `assumed` where the lane has no door position switch to tell, `unobserved` where
 * the server stopped before anything told.
 */
export const passageOutcome = z.enum([
  'entered',
  'assumed',
  'not-entered',
  'unobserved',
  'relay-fault',
  'relay-unknown',
]);
export type PassageOutcome = z.infer<typeof passageOutcome>;

/** Who may still pass while the store can't take records. */
export const onStoreFault = z.enum(['pass-known', 'refuse-all']);
export type OnStoreFault = z.infer<typeof onStoreFault>;

export const alarmKind = z.enum([
  'forced',
  'held',
  'not-entered',
  'device-offline',
  'reader-flood',
  'reader-offline',
  'reader-tamper',
  'reader-power',
  'reader-key-lost',
  'reader-key-unreadable',
  'pin-lockout',
  'duress',
  'relay-fault',
  'relay-stuck',
  'printer-stopped',
  'store-fault',
  'clock-jump',
  'visitor-overdue',
  'visitor-listed',
  'visitor-uncleared',
]);
export type AlarmKind = z.infer<typeof alarmKind>;

export const alarmPriority = z.enum(['low', 'medium', 'high', 'critical']);
export type AlarmPriority = z.infer<typeof alarmPriority>;

export const language = z.enum(['zh-CN', 'en']);
export type Language = z.infer<typeof language>;

export const id = z.string().min(1).max(64);
/** Milliseconds since 1970, UTC, as far as a Date goes (ECMAScript, 21.4.1.1): past that no screen can show it. */
export const instant = z.number().int().min(-8.64e15).max(8.64e15);
/** A calendar date in the school's time zone, `YYYY-MM-DD`. */
export const dateOnly = z.iso.date();
/** Minutes from midnight in the school's time zone; 1440 is the end of the day. */
export const minuteOfDay = z.number().int().min(0).max(1440);
