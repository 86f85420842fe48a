import { expect, it } from 'vitest';
import type { VisitorType } from '../../server/contract/visitor-types.ts';
import { faultAt, type RegisterForm, registrationBody, visitForm } from './register-form.ts';

const type: VisitorType = {
  ...{ id: 't', names: { 'zh-CN': '家长', en: 'Parent' }, colour: 'blue', approvals: [], waitMinutes: 5 },
  fields: { phone: 'required', idNumber: 'optional', plate: 'optional', host: 'required' },
  ...{ closeMinute: 1380, laneIds: null, stayMinutes: 60, manyEntries: false, liveCode: false },
  ...{ escort: false, notice: 'Be quiet', noticeVersion: 3, keepDays: 9, keepPhotoDays: 9 },
  ...{ position: 0, offered: true, guardians: false },
};
const form: RegisterForm = { name: ' Test ', idKind: 'resident-id', minutes: 60 };
const at = (path: Parameters<typeof faultAt>[0], more: Partial<RegisterForm>) =>
  faultAt(path, { ...form, ...more }, type, '2026-09-01');

it('sends what is asked of this kind of visitor and was filled in, tidied', () => {
  const filled: RegisterForm = {
    ...form,
    ...{ phone: ' 138 0013-8000 ', idNumber: '11010519491231002x', plate: '京a·12345', hostId: 'h' },
    ...{ purpose: 'is not asked', companions: ['nor', 'these'], items: ' ', noticeVersion: true },
  };
  expect(visitForm(filled, type)).toEqual({
    ...{ typeId: 't', name: 'Test', phone: '13800138000', hostId: 'h', plate: '京A12345', noticeVersion: 3 },
    ...{ idKind: 'resident-id', idNumber: '11010519491231002X', companions: [] },
  });
  expect(visitForm(form, type)).toEqual({ typeId: 't', name: 'Test', companions: [] });
});

it('sends an end only where it is another than that of the kind of visitor', () => {
  expect(registrationBody(form, type, 1_000)).not.toHaveProperty('expectedUntil');
  expect(registrationBody({ ...form, minutes: null }, type, 1_000)).not.toHaveProperty('expectedUntil');
  expect(registrationBody({ ...form, minutes: 2 }, type, 1_000).expectedUntil).toBe(121_000);
});

it('tells at each field what is wrong with it, and nothing of what is not asked', () => {
  expect(at('phone', {})).toBe('missing');
  expect(at('phone', { phone: 'call me' })).toBe('no-phone');
  expect(at('phone', { phone: '+86 138 0013 8000' })).toBeUndefined();
  expect(at('idNumber', { idNumber: '11010519491231002' })).toBe('id-form');
  expect(at('idNumber', { idNumber: '110105194912310021' })).toBe('id-check-digit');
  expect(at('idNumber', { idNumber: '11010520991231002X' })).toBe('id-birth-date');
  expect(at('idNumber', { idNumber: '11010519491231002X' })).toBeUndefined();
  expect(at('idNumber', { idKind: 'passport', idNumber: 'E1' })).toBe('id-passport');
  expect(at('idNumber', { idKind: 'passport', idNumber: 'E12345678' })).toBeUndefined();
  expect(at('plate', { plate: 'ABC' })).toBe('no-plate');
  expect(at('hostId', {})).toBe('missing');
  expect(at('noticeVersion', {})).toBe('missing');
  expect(at('purpose', {})).toBeUndefined();
});
