import { describe, expect, it } from 'vitest';
import { usualFeedback } from '../../server/contract/feedback.ts';
import { fromFeedbackForm, schoolFeedback, toFeedbackForm } from './feedback-form.ts';

const blue = { ...usualFeedback.granted, colour: 'blue' as const };

describe('what readers show', () => {
  it('goes through the form as it is', () => {
    const form = toFeedbackForm({ granted: blue });
    expect(form.own).toEqual({ granted: true, denied: false, waiting: false, idle: false });
    expect(fromFeedbackForm(form, usualFeedback)).toEqual({ granted: blue });
  });
  it('is as usual again when its own setting is taken away', () => {
    const form = toFeedbackForm({ granted: blue, denied: usualFeedback.denied });
    expect(fromFeedbackForm({ ...form, own: { denied: true } }, usualFeedback)).toEqual({
      denied: usualFeedback.denied,
    });
  });
  it('keeps of the usual what the form does not ask', () => {
    const signals = { idle: { colour: 'blue', text: '' } } as never;
    expect(fromFeedbackForm({ own: { idle: true }, signals }, usualFeedback)).toEqual({
      idle: { ...usualFeedback.idle, colour: 'blue' },
    });
  });
  it('is of a reader the school’s, and of the school as usual', () => {
    expect(schoolFeedback({ granted: blue })).toEqual({ ...usualFeedback, granted: blue });
    expect(schoolFeedback()).toEqual(usualFeedback);
  });
});
