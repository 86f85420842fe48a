import { countWithin } from './count-within.ts';

/** More events than so many a minute are a fault or an attack: the connection ends. */
export function limitEvents(
  socket: {
    use(middleware: (event: unknown, next: () => void) => void): unknown;
    disconnect(close: boolean): unknown;
  },
  mostPerMinute: number,
  clock: { monotonic(): number },
): void {
  const isTooMuch = countWithin(60_000, mostPerMinute, clock);
  socket.use((_, next) => {
    if (isTooMuch()) socket.disconnect(true);
    else next();
  });
}
