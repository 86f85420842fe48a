import { timeLeft } from './format-time.ts';
import { useNow } from './use-now.ts';
import { useZone } from './zone.tsx';

/** What is left until an instant of the server's clock, `4:07`, every second anew; nothing when it is over. */
export function useTimeLeft(until: number | undefined): string | undefined {
  const now = useNow(1_000);
  const { ahead } = useZone();
  return until === undefined ? undefined : timeLeft(until, now + ahead);
}
