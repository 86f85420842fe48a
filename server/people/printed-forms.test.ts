import { expect, it } from 'vitest';
import { parseTyped, previewTyped, printedForms } from './printed-forms.ts';

it('prints a tag in the forms that it has enough bits for', () => {
  expect(printedForms('em4100:40:0100E7E73C').map(({ form }) => form)).toEqual([
    '10H',
    '12D',
    '8H10D',
    '6H8D',
    '2H4H',
    '4H4H',
  ]);
  expect(printedForms('em4100:24:E7E73C')).toEqual([
    { form: '6H8D', text: '15198012' },
    { form: '2H4H', text: '231,59196' },
  ]);
  expect(printedForms('wiegand:26:20123AB')).toEqual([{ form: 'W26', text: '20123AB' }]);
  expect(printedForms('text:16:号1')).toEqual([{ form: 'text', text: '号1' }]);
  expect(printedForms('nonsense')).toEqual([]);
});

it('tells everything that a typed number may be, each as its key', () => {
  expect(previewTyped('0015198012')).toEqual([
    { form: '10H', key: 'em4100:40:0015198012' },
    { form: '8H10D', key: 'em4100:32:00E7E73C' },
    { form: 'text', key: 'text:80:0015198012' },
  ]);
  expect(previewTyped('  ')).toEqual([]);
});

it('reads back what it printed', () => {
  for (const { form, text } of printedForms('em4100:40:0100E7E73C')) {
    expect(parseTyped(text, form)?.technology).toBe('em4100');
  }
  expect(parseTyped('abc', 'text')).toEqual({ technology: 'text', bits: 24, value: 'abc' });
  expect(parseTyped('12345', '10H')).toBeUndefined();
  expect(parseTyped('12345', 'no-form')).toBeUndefined();
});
