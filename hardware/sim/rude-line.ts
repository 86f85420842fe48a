/** What a bad cable, a bad card or a bad board does to frames on their way, by the switches of Rudeness. */
import type { Clock, Rudeness } from '../ports.ts';

export const polite: Rudeness = {
  splitInto: 0,
  noiseBytes: 0,
  badChecksum: false,
  lateMs: 0,
  lose: 0,
  unplugged: false,
  refuse: undefined,
};

/** How frames of one kind of wire are mistreated. */
export interface Wire {
  /** A stream may be cut anywhere; a report always arrives whole. */
  stream: boolean;
  /** What a byte takes on the line, milliseconds; nothing when absent. */
  byteMs?: number;
  /** The same message as its receiver must refuse it. */
  damage(message: Uint8Array[]): Uint8Array[];
  /** What comes before a message on a noisy line; random bytes when absent. */
  noise?(count: number): Uint8Array[];
}

export interface RudeLineParts {
  clock: Clock;
  random(): number;
  wire: Wire;
  rudeness(): Rudeness;
  /** Called when one message was swallowed. */
  lost(): void;
}

/** One direction of a line: messages leave in the order in which they came, however late each is. */
export function rudeLine({ clock, random, wire, rudeness, lost }: RudeLineParts) {
  let lastDue = 0;

  function chunks(bytes: Uint8Array, size: number): Uint8Array[] {
    if (!wire.stream || size < 1) return [bytes];
    const parts: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += size) parts.push(bytes.subarray(at, at + size));
    return parts;
  }

  function noise(count: number): Uint8Array[] {
    if (count < 1) return [];
    return wire.noise?.(count) ?? [Uint8Array.from({ length: count }, () => Math.floor(random() * 256))];
  }

  return function pass(message: Uint8Array[], deliver: (bytes: Uint8Array) => void): void {
    const { lose, badChecksum, noiseBytes, splitInto, lateMs } = rudeness();
    if (lose > 0) {
      lost();
      return;
    }
    const sound = badChecksum ? wire.damage(message) : message;
    const parts = [...noise(noiseBytes), ...sound].flatMap((bytes) => chunks(bytes, splitInto));
    const now = clock.monotonic();
    let due = Math.max(now + lateMs, lastDue);
    for (const part of parts) {
      due += part.length * (wire.byteMs ?? 0);
      if (due <= now) deliver(part);
      else clock.after(due - now, () => deliver(part));
    }
    lastDue = due;
  };
}
