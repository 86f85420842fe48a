/** What a reader shows after a decision: the school's signals, the reader's own over them. Never awaited by a lane. */
import type { Indication } from '../../hardware/osdp-ports.ts';
import type { Hardware } from '../../hardware/ports.ts';
import { type Feedback, type FeedbackOutcome, usualFeedback } from '../contract/feedback.ts';
import type { Log } from '../log.ts';

export interface FeedbackReader {
  readonly deviceId: string;
  readonly number: number;
  readonly feedback: Feedback;
}
export type Show = (reader: FeedbackReader, outcome: FeedbackOutcome) => void;

export interface FeedbackParts {
  hardware: Pick<Hardware, 'osdp'>;
  /** The school's. */
  school(): Feedback | undefined;
  log: Log;
}

export function createFeedback({ hardware, school, log }: FeedbackParts): Show {
  return (reader, outcome) => {
    const bus = hardware.osdp(reader.deviceId);
    if (!bus) return;
    const told: Promise<unknown>[] = [
      bus.show(reader.number, indicationOf(outcome, school() ?? {}, reader.feedback)),
    ];
    // One that saves power must not fall asleep before the PIN; one that knows nothing of it says no, and no harm is done.
    if (outcome === 'waiting') told.push(bus.keepActive(reader.number, awakeMs));
    Promise.all(told).catch((error: unknown) => {
      log.warn({ err: error, deviceId: reader.deviceId }, 'a reader could not show a result');
    });
  };
}

/** Longer than a PIN is waited for. */
const awakeMs = 15_000;
const blinkMs = 300;
const beepMs = 100;

/** Over each other: the reader's, the school's, the usual. The idle light comes along, so that it is there afterwards. */
export function indicationOf(outcome: FeedbackOutcome, school: Feedback, own: Feedback): Indication {
  const signalOf = (each: FeedbackOutcome) => own[each] ?? school[each] ?? usualFeedback[each];
  const { colour, blink, beeps, text, seconds } = signalOf(outcome);
  const idleLight = signalOf('idle').colour;
  const ms = seconds * 1_000;
  return {
    idleLight,
    ...(outcome === 'idle' ? {} : { light: { colour, ms, ...(blink ? { blinkMs } : {}) } }),
    ...(beeps > 0 ? { sound: { beeps, onMs: beepMs, offMs: beepMs } } : {}),
    ...(text === '' ? {} : { text: { text, ms } }),
  };
}
