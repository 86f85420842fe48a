/** What readers show, as its form holds it: which results have a setting of their own, and the settings. */
import {
  type Feedback,
  type FeedbackOutcome,
  feedbackOutcome,
  type Signal,
  usualFeedback,
} from '../../server/contract/feedback.ts';

export interface FeedbackForm {
  own: Partial<Record<FeedbackOutcome, boolean>>;
  signals: Partial<Record<FeedbackOutcome, Signal>>;
}

export function toFeedbackForm(feedback: Feedback = {}): FeedbackForm {
  return {
    own: Object.fromEntries(
      feedbackOutcome.options.map((outcome) => [outcome, feedback[outcome] !== undefined]),
    ),
    signals: feedback,
  };
}

/** A field that is not shown, such as the beeps at rest, stays as it was. */
export function fromFeedbackForm(
  { own, signals }: FeedbackForm,
  usual: Record<FeedbackOutcome, Signal>,
): Feedback {
  return Object.fromEntries(
    feedbackOutcome.options
      .filter((outcome) => own[outcome])
      .map((outcome) => [outcome, { ...usual[outcome], ...signals[outcome] }]),
  );
}

/** What holds for a reader without a setting of its own. */
export function schoolFeedback(feedback: Feedback = {}): Record<FeedbackOutcome, Signal> {
  return { ...usualFeedback, ...feedback };
}
