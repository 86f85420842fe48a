/** The closed word lists of visits. Codes are stable: they stand in records for ever. */
import { z } from 'zod';

/**
 * `expected` announced, not here yet · `waiting` here, for somebody's word · `approved` may go in · `refused` ·
 * `inside` · `left` · `closed` over, and nothing of it opens a lane any more.
 */
export const visitState = z.enum(['expected', 'waiting', 'approved', 'refused', 'inside', 'left', 'closed']);
export type VisitState = z.infer<typeof visitState>;

/** By a host beforehand, or at the gate by a guard or at the kiosk. */
export const visitSource = z.enum(['invited', 'registered']);
export type VisitSource = z.infer<typeof visitSource>;

/**
 * Whose word a visit may need: the host's, whose invitation is that word · a guard's, who sees the visitor · the
 * office's.
 */
export const approver = z.enum(['host', 'guard', 'office']);
export type Approver = z.infer<typeof approver>;
/** And that of who decides about somebody on the lists; no kind of visitor asks for it. */
export const visitWord = z.enum([...approver.options, 'screening']);
export type VisitWord = z.infer<typeof visitWord>;

export const visitReceipt = z.enum(['met', 'parted', 'items']);
export type VisitReceipt = z.infer<typeof visitReceipt>;

/** `printed` · what stops the printer · `unknown`: no answer came. */
export const printOutcome = z.enum(['printed', 'paper-out', 'cover-open', 'error', 'offline', 'unknown']);

export const passColour = z.enum(['blue', 'green', 'orange', 'purple', 'red', 'grey']);

export const idKind = z.enum(['resident-id', 'passport', 'residence-permit', 'other']);
export type IdKind = z.infer<typeof idKind>;

/** What a form may ask beside the name. */
export const visitField = z.enum([
  'phone',
  'idNumber',
  'organisation',
  'purpose',
  'host',
  'department',
  'companions',
  'plate',
  'items',
  'photo',
  'signature',
]);
export type VisitField = z.infer<typeof visitField>;
export const fieldUse = z.enum(['required', 'optional']);
