/** What a lane has to know of a pass beside its token: plain data, kept in memory by passes.ts. */

import type { PassClaims, TokenRefusal } from './pass-token.ts';

export interface PassFact {
  readonly id: string;
  readonly number: number;
  readonly visitId: string;
  /** Whether it lets in and out again and again; once each otherwise. */
  readonly manyEntries: boolean;
  /** Whether a picture of its code lets nobody in. */
  readonly liveCode: boolean;
  /** By a person, or because its visit is over. */
  readonly revoked: boolean;
  /** Whether the visit has all the words that it needs. */
  readonly cleared: boolean;
  /** The visit is over, and nobody saw the visitor leave: good for the way out alone. */
  readonly unseenOut: boolean;
  /** Lanes that the visitor's type may use; undefined for all of them. */
  readonly laneIds: ReadonlySet<string> | undefined;
}

/** What a pass's token says, or why it says nothing, and what is known of the pass by that number. */
export interface ReadPass {
  readonly token: PassClaims | TokenRefusal;
  readonly pass: PassFact | undefined;
}
