import { describe, expect, it } from 'vitest';
import { type VisitorType, visitorType, visitorTypeInput } from '../../server/contract/visitor-types.ts';
import { newForm, ofForm, patchOf, toForm } from './type-form.ts';

const type: VisitorType = visitorType.parse({
  ...visitorTypeInput.parse({
    names: { 'zh-CN': '家长', en: 'Parent' },
    stayMinutes: 90,
    // In another order than the form has them.
    fields: { photo: 'required', phone: 'optional' },
    laneIds: ['lane-2', 'lane-1'],
    closeMinute: 1065,
    notice: 'Keep to the paths.',
  }),
  id: 'type-1',
  noticeVersion: 3,
});

describe('the form of a kind of visitors', () => {
  it('shows all of it, and gives it back', () => {
    const form = toForm(type);
    expect(form).toMatchObject({ closeTime: '17:45', everyLane: false });
    expect(form.fields).toMatchObject({ phone: 'optional', photo: 'required', plate: 'not-asked' });
    expect(visitorTypeInput.parse(ofForm(form))).toMatchObject({
      fields: { phone: 'optional', photo: 'required' },
      ...{ closeMinute: 1065, laneIds: ['lane-1', 'lane-2'], notice: 'Keep to the paths.' },
    });
  });
  it('changes nothing where nobody has changed anything', () => {
    expect(patchOf(type, toForm(type))).toEqual({});
  });
  it('changes what was changed, and that alone', () => {
    const form = toForm(type);
    const changed = {
      ...form,
      everyLane: true,
      notice: '  ',
      fields: { ...form.fields, plate: 'optional' as const },
    };
    expect(patchOf(type, changed)).toEqual({
      laneIds: null,
      notice: null,
      fields: { phone: 'optional', photo: 'required', plate: 'optional' },
    });
  });
  it('of a new one has the defaults, and no name yet', () => {
    const form = newForm(6);
    expect(form).toMatchObject({ names: { en: '' }, approvals: ['host'], keepDays: 180, position: 6 });
    expect(form.everyLane).toBe(true);
  });
});
