import { useNow } from '../../ui/use-now.ts';
import { useZone } from '../../ui/zone.tsx';
import { timeLeft } from './bus-words.ts';

/** What is left until an instant of the server's clock, `4:07`, every second anew; nothing when it is over. */
export function useTimeLeft(until: number | undefined): string | undefined {
  const now = useNow(1_000);
  const { ahead } = useZone();
  return until === undefined ? undefined : timeLeft(until, now + ahead);
}
