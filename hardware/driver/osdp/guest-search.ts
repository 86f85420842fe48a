/** A search as a guest at the bus: one question a turn, and the readers at work hardly notice. */
import type { FoundReader, Progress, ReaderSearch } from '../../osdp-ports.ts';
import type { Clock } from '../../ports.ts';
import type { Guest } from './bus.ts';
import { placeOf, question, type Search, searched } from './search.ts';

/** A reader's first answer comes within this; the standard's own limit would make a search four times as long. */
const replyMs = 60;
/** There and back, the longest event as the answer. */
const exchangeBytes = 9 + 41;

export interface SearchParts {
  deviceId: string;
  clock: Clock;
  first: Search;
  onProgress(progress: Progress): void;
}

export function searchGuest({
  deviceId,
  clock,
  first,
  onProgress,
}: SearchParts): ReaderSearch & { guest: Guest } {
  let search = first;
  let over = false;
  let resolve: (found: FoundReader[]) => void = () => undefined;
  const found = new Promise<FoundReader[]>((settle) => {
    resolve = settle;
  });
  function finish(): void {
    over = true;
    resolve([...search.found]);
  }
  function tell(): void {
    const { done, places } = search;
    onProgress({ kind: 'search', deviceId, done, total: places.length, found: [...search.found] });
  }
  return {
    found,
    cancel: finish,
    guest: {
      next() {
        const place = over ? undefined : placeOf(search);
        if (!place) {
          finish();
          return undefined;
        }
        const flight = question(search, place, clock.monotonic());
        return { ...place, flight, waitMs: replyMs + (exchangeBytes * 10_000) / place.baudRate };
      },
      heard(answer) {
        const { done } = search;
        const frame = answer === 'silence' ? undefined : typeof answer === 'string' ? 'damage' : answer;
        search = searched(search, frame);
        if (search.done !== done) tell();
      },
      gone: finish,
    },
  };
}
