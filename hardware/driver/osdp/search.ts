/** Which readers are on the bus that nobody has configured: a walk over rates and addresses, one question at a time. Pure. */
import type { ReceivedFrame } from '../../codec/osdp/frame.ts';
import { decodeReply } from '../../codec/osdp/reply.ts';
import type { FoundReader } from '../../osdp-ports.ts';
import { type Flight, launch } from './flight.ts';
import { identityOf } from './status.ts';

export interface SearchPlace {
  readonly baudRate: number;
  readonly address: number;
}

export interface Search {
  /** Each twice, in two rounds: one lost answer hides nobody. */
  readonly places: readonly SearchPlace[];
  readonly done: number;
  readonly found: readonly FoundReader[];
  /** The place at hand has answered, and is asked who it is. */
  readonly answered: boolean;
}

/** @param known readers that are spoken to anyway; a stranger's question would end their sessions. */
export function newSearch(
  { baudRates, addresses }: { baudRates: readonly number[]; addresses: readonly number[] },
  known: { baudRate: number; addresses: readonly number[] },
): Search {
  const places = baudRates.flatMap((baudRate) =>
    addresses
      .filter((address) => baudRate !== known.baudRate || !known.addresses.includes(address))
      .map((address) => ({ baudRate, address })),
  );
  return { places: [...places, ...places], done: 0, found: [], answered: false };
}

export const placeOf = ({ places, done }: Search): SearchPlace | undefined => places[done];

/** POLL, which every PD answers in some way; some say who they are only after it. */
export function question({ answered }: Search, { address }: SearchPlace, now: number): Flight {
  const place = { address, sequence: answered ? 1 : 0, check: 'crc' as const };
  return launch(place, undefined, { kind: answered ? 'id' : 'poll' }, now);
}

/** @param frame what came from there; undefined for silence, `damage` for two that talk at once or a wrong rate. */
export function searched(search: Search, frame: ReceivedFrame | 'damage' | undefined): Search {
  const { answered, found } = search;
  const place = placeOf(search);
  if (!place) return search;
  if (!answered && frame && frame !== 'damage') return { ...search, answered: true };
  if (!answered) return onward(search);
  const reply = frame && frame !== 'damage' ? decodeReply(frame.id, frame.data) : undefined;
  const reader: FoundReader = {
    ...place,
    ...(reply?.kind === 'pdid' ? { identity: identityOf(reply) } : {}),
  };
  const others = found.filter((each) => !isAt(each, place));
  return onward({ ...search, answered: false, found: [...others, reader] });
}

/** To the next place that has not said who it is. */
function onward(search: Search): Search {
  const { places, found } = search;
  const known = (place: SearchPlace) =>
    found.some((each) => isAt(each, place) && each.identity !== undefined);
  let done = search.done + 1;
  for (let next = places[done]; next && known(next); next = places[done]) done += 1;
  return { ...search, done };
}

const isAt = (one: SearchPlace, other: SearchPlace): boolean =>
  one.address === other.address && one.baudRate === other.baudRate;
