/**
 * Simulated PDs on one two-wire bus, as a serial line to the host. One at a time can talk: two that talk at once
 * spoil each other's bytes. With a baud rate, every byte takes its ten bits' time.
 */
import { markByte } from '../../codec/osdp/frame.ts';
import { frameDecoder } from '../../codec/osdp/frame-decoder.ts';
import type { ByteLink, Rudeness } from '../../ports.ts';
import { type SimParts, simBody } from '../body.ts';
import { hear } from './pd.ts';
import type { Pd } from './pd-state.ts';

export interface SimulatedOsdpBus {
  /** The host at this baud rate; without one there is no wire time, and every rate fits. Rejects with a LinkFault. */
  open(baudRate?: number): Promise<ByteLink>;
  pds(): readonly Pd[];
  /** Does something to the PD at this place in the list. */
  change(index: number, change: (pd: Pd) => Pd): void;
  /** Of the line as a whole; a PD has faults of its own. */
  misbehave(rudeness: Partial<Rudeness>): void;
}

/** Bytes on the wire. */
interface Transmission {
  until: number;
  spoiled: boolean;
}

const bitsPerByte = 10;
/** A frame whose bytes stand further apart is no frame. */
const gapMs = 20;

export function simOsdpBus(parts: SimParts, pds: readonly Pd[]): SimulatedOsdpBus {
  const { clock, random } = parts;
  let onBus = [...pds];
  let hostBaud: number | undefined;
  let talking: Transmission[] = [];
  let hostUntil = 0;
  let heardUntil = 0;
  let decoder = frameDecoder({ as: 'pd' });

  const body = simBody(
    parts,
    { stream: true, damage: (message) => message.map((bytes) => bytes.with(-1, (bytes.at(-1) ?? 0) ^ 0xff)) },
    {
      received(bytes) {
        // A port sends what it is given one after the other.
        const wait = Math.max(0, hostUntil - clock.monotonic());
        hostUntil = clock.monotonic() + wait + wireMs(bytes);
        afterMs(wait, () => talk(bytes, reachPds));
      },
    },
  );

  function wireMs(bytes: Uint8Array): number {
    return hostBaud === undefined ? 0 : (bytes.length * bitsPerByte * 1_000) / hostBaud;
  }

  function afterMs(ms: number, run: () => void): void {
    if (ms > 0) clock.after(ms, run);
    else run();
  }

  /** Puts bytes on the wire from now on, and hands on what of them arrives. */
  function talk(bytes: Uint8Array, arrive: (bytes: Uint8Array) => void): void {
    const now = clock.monotonic();
    const mine: Transmission = { until: now + wireMs(bytes), spoiled: false };
    talking = talking.filter((other) => other.until > now);
    for (const other of talking) other.spoiled = true;
    if (talking.length > 0) mine.spoiled = true;
    talking.push(mine);
    afterMs(wireMs(bytes), () => {
      // A timer may come a little early; what has arrived is not on the wire any more.
      talking = talking.filter((other) => other !== mine);
      arrive(mine.spoiled ? bytes.map((byte) => byte & Math.floor(random() * 256)) : bytes);
    });
  }

  function reachPds(bytes: Uint8Array): void {
    const now = clock.monotonic();
    if (now - wireMs(bytes) - heardUntil > gapMs) decoder.idle();
    heardUntil = now;
    for (const item of decoder.push(bytes)) {
      if (!item.ok) continue;
      const answers: NonNullable<ReturnType<typeof hear>['answer']>[] = [];
      onBus = onBus.map((pd) => {
        if (hostBaud !== undefined && pd.baudRate !== hostBaud) return pd;
        const heard = hear(pd, item.frame, now, randomBytes(8));
        if (heard.answer) answers.push(heard.answer);
        return heard.pd;
      });
      for (const { bytes: answer, delayMs } of chorus(answers)) {
        afterMs(delayMs, () => talk(answer, (heard) => body.tell([heard])));
      }
    }
  }

  function randomBytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => Math.floor(random() * 256));
  }

  return {
    async open(baudRate) {
      hostBaud = baudRate;
      hostUntil = 0;
      decoder = frameDecoder({ as: 'pd' });
      const link = await body.open();
      if (baudRate === undefined) return link;
      return {
        ...link,
        async setBaudRate(rate) {
          hostBaud = rate;
        },
      };
    },
    pds: () => onBus,
    change(index, change) {
      onBus = onBus.map((pd, at) => (at === index ? change(pd) : pd));
    },
    misbehave: body.misbehave,
  };
}

/**
 * Answers that begin at the same moment are one on the wire. A 0 wins over a 1, so two PDs that say the same are heard
 * as one.
 */
function chorus<A extends { bytes: Uint8Array; delayMs: number }>(answers: A[]): A[] {
  const joined: A[] = [];
  for (const answer of answers) {
    const at = joined.findIndex((other) => other.delayMs === answer.delayMs);
    const other = joined[at];
    if (other) joined[at] = { ...other, bytes: overlaid(other.bytes, answer.bytes) };
    else joined.push(answer);
  }
  return joined;
}

function overlaid(one: Uint8Array, other: Uint8Array): Uint8Array {
  return Uint8Array.from(
    { length: Math.max(one.length, other.length) },
    (_, at) => (one[at] ?? markByte) & (other[at] ?? markByte),
  );
}
