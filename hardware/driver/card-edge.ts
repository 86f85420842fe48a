/**
 * When a card on a document reader counts as laid on, and what is told of it: one thing for each card. A reader does
 * not find a card again that it has read, until it is taken away; one that it could not read it finds for ever.
 */
import type { IdentityDocument, UnreadDocument } from '../document.ts';

/** Reads of one card before it is given up: one that is still being laid down fails at first. */
const tries = 3;
/** Looks in a row without the card until it counts as away; a failed read hides it from one look. */
const lookPast = 2;

export interface CardEdge {
  /** The reader sees a card: whether it is to be read now. */
  found(): boolean;
  /** The reader sees none. What is to be told of the card that was there. */
  missed(): UnreadDocument | undefined;
  /** What came of reading the card. What is to be told of it. */
  tried(result: IdentityDocument | UnreadDocument): IdentityDocument | UnreadDocument | undefined;
}

export function cardEdge(): CardEdge {
  let failures = 0;
  let misses = 0;
  /** The card that lies there has been told of; it is over when this many looks in a row have missed it. */
  let heldFor: number | undefined;

  return {
    found() {
      misses = 0;
      return heldFor === undefined;
    },
    missed() {
      misses += 1;
      if (heldFor !== undefined && misses >= heldFor) heldFor = undefined;
      if (failures === 0 || misses < lookPast) return undefined;
      failures = 0;
      return { unread: 'taken-away' };
    },
    tried(result) {
      const read = !('unread' in result);
      failures = read ? 0 : failures + 1;
      if (!read && failures < tries) return undefined;
      failures = 0;
      heldFor = read ? 1 : lookPast;
      return result;
    },
  };
}
