/** What a reader shows and sounds to the person before it, for each result. */
import { z } from 'zod';

export const feedbackOutcome = z.enum(['granted', 'denied', 'waiting', 'idle']);
export type FeedbackOutcome = z.infer<typeof feedbackOutcome>;

export const lightColour = z.enum(['black', 'red', 'green', 'amber', 'blue', 'magenta', 'cyan', 'white']);

export const signal = z.object({
  colour: lightColour,
  blink: z.boolean(),
  beeps: z.number().int().min(0).max(5),
  /** What readers' displays can write: ASCII. */
  text: z
    .string()
    .max(32)
    .regex(/^[\x20-\x7e]*$/),
  /** Of `idle` without meaning: it shows until something else is to be shown. */
  seconds: z.number().int().min(1).max(25),
});
export type Signal = z.infer<typeof signal>;

/** What is not named is as usual: of a reader the school's, of the school these. */
export const feedback = z.partialRecord(feedbackOutcome, signal);
export type Feedback = z.infer<typeof feedback>;

export const usualFeedback: Record<FeedbackOutcome, Signal> = {
  granted: { colour: 'green', blink: false, beeps: 1, text: '', seconds: 3 },
  denied: { colour: 'red', blink: false, beeps: 2, text: '', seconds: 3 },
  waiting: { colour: 'amber', blink: true, beeps: 0, text: '', seconds: 10 },
  idle: { colour: 'black', blink: false, beeps: 0, text: '', seconds: 1 },
};

/** From the store's JSON; what a damaged row says is as usual. */
export function feedbackIn(json: string): Feedback {
  try {
    return feedback.safeParse(JSON.parse(json)).data ?? {};
  } catch {
    return {};
  }
}
