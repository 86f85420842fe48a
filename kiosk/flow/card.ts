/** The identity card that is laid on the kiosk's reader: when it is asked for, and what it fills in; pure. */
import type { KioskDocument } from '../../server/contract/documents.ts';
import { askedOf } from './draft.ts';
import { isAsking } from './idle.ts';
import { asking, clear, to } from './moves.ts';
import type { Draft, Fault, Flow } from './words.ts';

/** Whether a card is asked for just now. While the screen asks if anybody is still there, the next one may be another's. */
export function asksCard(flow: Flow): boolean {
  const { screen, draft, site } = flow;
  if (!flow.online || !site || site.parts.documentReader === 'none' || isAsking(flow)) return false;
  switch (screen.at) {
    case 'type':
      return draft.visitorId === undefined;
    case 'known':
      return true;
    case 'person': {
      const type = site.types.find(({ id }) => id === draft.typeId);
      return askedOf(draft, type).idNumber !== undefined;
    }
    default:
      return false;
  }
}

const faultOf: Record<Extract<KioskDocument, { unread: string }>['unread'], Fault> = {
  refused: 'card-unread',
  length: 'card-unread',
  'no-answer': 'card-unread',
  'taken-away': 'card-taken-away',
  'unknown-card': 'card-unknown',
  expired: 'card-expired',
};

/** A card that nothing asks for is nobody's. */
export function cardLaid(flow: Flow, document: KioskDocument): Flow {
  if (!asksCard(flow) || flow.ask?.what.kind === 'known') return flow;
  const here = { ...clear(flow), touchedAt: flow.now };
  if ('unread' in document) return { ...here, fault: faultOf[document.unread] };
  const { idKind, idNumber, name, known } = document;
  if (idNumber === undefined) return { ...here, fault: 'card-unread' };
  const draft: Draft = { ...flow.draft, ...{ idKind, idNumber, mrz: '', byCard: true } };
  if (name !== undefined && !isNamed(draft)) draft.name = name;
  const filled: Flow = { ...here, draft, before: draft, told: ['idNumber'] };
  if (flow.screen.at === 'known') return lookedUp(filled);
  const before = flow.trail.some(({ at }) => at === 'known');
  return known && !before && !isNamed(draft) ? to(filled, { at: 'known' }) : filled;
}

/** Asks who it is: by what was typed, and by the card where one was laid on. */
export function lookedUp(flow: Flow): Flow {
  const { name, lastDigits, byCard, idKind, idNumber } = flow.draft;
  if (name.trim() === '' || !/^\d{4}$/.test(lastDigits)) return flow;
  const paper = byCard ? { idKind, idNumber } : {};
  return asking(flow, { kind: 'known', name: name.trim(), lastDigits, ...paper });
}

const isNamed = ({ expected, visitorId }: Draft) => expected !== undefined || visitorId !== undefined;
