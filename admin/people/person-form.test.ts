import { describe, expect, it } from 'vitest';
import { personBody, personChange } from './person-form.ts';

const shown = {
  name: 'Li Example',
  kind: 'student',
  number: 'S1',
  unit: null,
  groupIds: ['a', 'b'],
} as const;
const before = { ...shown, groupIds: [...shown.groupIds] };

describe('the change that a form of a person tells', () => {
  it('is nothing where nothing was changed', () => {
    expect(personChange(before, { ...before, name: ' Li Example ', unit: '  ' })).toEqual({});
  });
  it('is what was changed alone, groups by who came and who went', () => {
    expect(personChange(before, { ...before, unit: 'Class 1', groupIds: ['c', 'b'] })).toEqual({
      unit: 'Class 1',
      addGroupIds: ['c'],
      removeGroupIds: ['a'],
    });
    expect(personChange(before, { ...before, number: '' })).toEqual({ number: null });
  });
  it('leaves the groups alone that the form did not show', () => {
    const { groupIds: _, ...fields } = before;
    expect(personChange(before, fields)).toEqual({});
  });
});

it('takes empty texts for none', () => {
  expect(personBody({ name: ' Li ', kind: 'staff', number: ' ', unit: '' })).toEqual({
    name: 'Li',
    kind: 'staff',
    number: null,
    unit: null,
    groupIds: [],
  });
});
