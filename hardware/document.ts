/**
 * What a reader of identity documents reads: personal data, all of it. It goes to whoever registers the person, and
 * into no log, no event of the record and no error. A field that is blank or unreadable on the card is absent.
 */

export type Sex = 'male' | 'female';

interface PersonFields {
  name?: string;
  sex?: Sex;
  /** As read: whether its check digit is right is not the reader's affair. */
  number?: string;
  /** Dates are `YYYY-MM-DD`; a resident card that never runs out (长期) is valid until `long-term`. */
  birth?: string;
  validFrom?: string;
  validUntil?: string;
}

export interface ResidentCard extends PersonFields {
  kind: 'resident-card';
  /** Two digits by GB/T 3304, `01` Han. */
  ethnicity?: string;
  address?: string;
  issuer?: string;
}

export interface ForeignerCard extends PersonFields {
  kind: 'foreigner-card';
  chineseName?: string;
  /** Three letters, as read. */
  nationality?: string;
  version?: string;
  /** The authority that took the application, by its code. */
  agency?: string;
}

export interface UnreadableCard {
  kind: 'residence-permit' | 'foreigner-card-2023' | 'unknown-card';
  /** The letter by which the card tells its type; empty when it is no printable character. */
  type: string;
}

export type IdentityDocument = ResidentCard | ForeignerCard | UnreadableCard;

/**
 * A card that was laid on and could not be read. `refused` by the reader, whose own status says more · `length` the
 * answer is shorter or longer than a card's · `no-answer` the reader fell silent over it · `taken-away` too early.
 */
export type UnreadDocument =
  | { unread: 'refused'; status: string }
  | { unread: 'length' | 'no-answer' | 'taken-away' };

/** One card that was laid on a reader. */
export interface DocumentRead {
  deviceId: string;
  at: number;
  document: IdentityDocument | UnreadDocument;
}
