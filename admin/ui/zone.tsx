/** The zone in which every time is shown, and the server's clock. */
import { createContext, type ReactNode, use, useMemo } from 'react';

interface Zone {
  timeZone: string;
  /**
   * Milliseconds by which the server's clock is ahead of `performance.now()`. Not of the browser's clock: somebody may
   * set that at any moment.
   */
  ahead: number;
}

const Context = createContext<Zone>({ timeZone: 'UTC', ahead: 0 });

export function ZoneProvider({ timeZone, ahead, children }: Zone & { children: ReactNode }) {
  const zone = useMemo(() => ({ timeZone, ahead }), [timeZone, ahead]);
  return <Context value={zone}>{children}</Context>;
}

export function useZone(): Zone {
  return use(Context);
}
