/** What is recorded of visits: rows of the closed union in events.ts. Of a visitor only ids. */
import { z } from 'zod';
import { changes } from './changes.ts';
import { printOutcome, visitField, visitReceipt, visitSource, visitState, visitWord } from './visit-words.ts';
import { id, instant } from './words.ts';

const changed = { visitId: id, from: visitState, to: visitState };

export const visitEventData = {
  'visitor-type.added': z.object({ typeId: id }),
  'visitor-type.changed': z.object({
    typeId: id,
    fields: z.array(z.string()),
    changes: changes(
      ...[
        'colour',
        'approvals',
        'laneIds',
        'stayMinutes',
        'manyEntries',
        'liveCode',
        'escort',
        'guardians',
        'noticeVersion',
      ],
      ...['keepDays', 'keepPhotoDays', 'position', 'offered'],
    ),
  }),
  /** Announced beforehand or at the gate. */
  'visit.added': z.object({
    visitId: id,
    visitorId: id,
    typeId: id,
    source: visitSource,
    state: visitState,
    hostId: id.optional(),
    kioskId: id.optional(),
    /** At the kiosk, where it was sent later. */
    madeAt: instant.optional(),
  }),
  /** Taken down without what is required of this kind of visitor; the note says why. */
  'visit.waived': z.object({ visitId: id, fields: z.array(visitField) }),
  /** The visitor may be somebody of the lists: nobody comes in before somebody has decided. */
  'visit.held': z.object({
    visitId: id,
    entryIds: z.array(id),
    /** The accounts to call. */
    responderIds: z.array(id),
  }),
  /** They went in, while the visit was refused, held or closed meanwhile. */
  'visit.inside-uncleared': z.object(changed),
  /** As `visit.held`, but they came in before the entry was made. */
  'visit.listed-inside': z.object({
    visitId: id,
    entryIds: z.array(id),
    responderIds: z.array(id),
  }),
  'visit.screened': z.object({
    ...changed,
    outcome: z.enum(['admit', 'escort', 'refuse']),
    /** Somebody of the deny list was admitted. */
    override: z.literal(true).optional(),
  }),
  /** Somebody took a file of them away. */
  'visits.exported': z.object({
    from: instant,
    to: instant,
    typeId: id.optional(),
    hostId: id.optional(),
    state: visitState.optional(),
    format: z.enum(['csv', 'xlsx']),
    rows: z.number().int(),
    /** With whole identity numbers. */
    idNumbers: z.boolean(),
  }),
  /** Kept long enough: how much was erased. */
  'visits.erased': z.object({
    visits: z.number().int(),
    visitors: z.number().int(),
    photos: z.number().int(),
  }),
  'screening.added': z.object({ entryId: id, list: z.enum(['deny', 'watch']) }),
  'screening.removed': z.object({ entryId: id }),
  /** Expected, and at the gate now. */
  'visit.arrived': z.object({ ...changed, kioskId: id.optional() }),
  'visit.photo-taken': z.object({ visitId: id, photoId: id }),
  'visit.signed': z.object({ visitId: id, signatureId: id }),
  /** What became of it at the printer; at the kiosk's, without a hand of the guard. */
  'visit.badge-printed': z.object({
    visitId: id,
    deviceId: id,
    kioskId: id.optional(),
    printing: printOutcome,
  }),
  'kiosk.added': z.object({ kioskId: id }),
  'kiosk.changed': z.object({
    kioskId: id,
    fields: z.array(z.string()),
    changes: changes('gateId', 'printerId', 'documentDeviceId'),
  }),
  /** A code to pair it by was shown. */
  'kiosk.code-shown': z.object({ kioskId: id }),
  'kiosk.paired': z.object({ kioskId: id }),
  'kiosk.revoked': z.object({ kioskId: id }),
  /** A guard at a kiosk; `unused`: nobody has touched it. */
  'kiosk-guard.signed-in': z.object({ kioskId: id, accountId: id }),
  'kiosk-guard.signed-out': z.object({ kioskId: id, accountId: id, how: z.enum(['self', 'unused']) }),
  'kiosk-guard.refused': z.object({ kioskId: id }),
  /** After too many wrong PINs. */
  'kiosk-guard.locked': z.object({ kioskId: id, until: instant }),
  'kiosk-pin.set': z.object({ accountId: id }),
  'kiosk-pin.removed': z.object({ accountId: id }),
  /** One of the words that it needs; with the last of them the pass opens. */
  'visit.approved': z.object({ ...changed, word: visitWord }),
  'visit.refused': z.object({ ...changed, word: visitWord }),
  /** Let in by hand at this lane; the pass counts as used there. */
  'visit.admitted': z.object({ ...changed, passId: id, gateId: id, laneId: id }),
  /** Known to have gone, by a person's word; `unseen`: nobody knows how, and the day is over. */
  'visit.signed-out': z.object({ ...changed, passId: id, unseen: z.literal(true).optional() }),
  /** The host has not answered in time: the guard decides. */
  'visit.lapsed': z.object({ visitId: id }),
  /** The host lets the guard decide. */
  'visit.handed-over': z.object({ visitId: id }),
  /** Still inside at the end: the host is reminded; a quarter of an hour later the guard is alarmed. */
  'visit.overdue': z.object({ visitId: id, hostId: id.optional() }),
  'visit.long-overdue': z.object({ visitId: id }),
  /** By the clock: nothing of it opens a lane any more. */
  'visit.closed': z.object(changed),
  /** `met` and `parted` are the host’s word for it · `items` what was carried in was compared with what goes out. */
  'visit.receipt': z.object({ visitId: id, receipt: visitReceipt }),
  /** Somebody looked at the visitor's whole identity number. */
  'visit.id-revealed': z.object({ visitId: id, visitorId: id }),
  /** All identity numbers are sealed with a new key. */
  'id-key.rotated': z.object({ count: z.number().int() }),
  'pass.issued': z.object({
    passId: id,
    visitId: id,
    number: z.number().int(),
    validFrom: instant,
    validUntil: instant,
  }),
  'pass.revoked': z.object({ passId: id, visitId: id }),
  /** Signs the passes from now on. */
  'pass-key.added': z.object({ keyId: z.number().int() }),
  /** Signs no more; passes signed with it are good until then. */
  'pass-key.retired': z.object({ keyId: z.number().int(), verifiesUntil: instant }),
} as const;
