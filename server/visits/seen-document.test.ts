import { expect, it } from 'vitest';
import type { DocumentRead } from '../../hardware/document.ts';
import { seenDocument } from './seen-document.ts';

const seen = (document: DocumentRead['document']) => seenDocument({ deviceId: 'desk', at: 7, document });
const where = { deviceId: 'desk', at: 7 };

it('takes of a card what a form needs, and nothing else', () => {
  const more = { sex: 'female', birth: '1949-12-31', address: '北京', issuer: '公安局' } as const;
  const card = { name: '测试', number: '11010519491231002X', validUntil: 'long-term', ...more };
  expect(seen({ kind: 'resident-card', ...card })).toEqual({
    ...where,
    idKind: 'resident-id',
    name: '测试',
    idNumber: '11010519491231002X',
  });
  expect(seen({ kind: 'foreigner-card', name: 'DOE, JANE', validUntil: '2030-01-01' })).toEqual({
    ...where,
    idKind: 'residence-permit',
    name: 'DOE, JANE',
    validUntil: '2030-01-01',
  });
});

it('tells why nothing was read', () => {
  expect(seen({ unread: 'refused', status: '00 00 41' })).toEqual({ ...where, unread: 'refused' });
  expect(seen({ kind: 'residence-permit', type: 'J' })).toEqual({ ...where, unread: 'unknown-card' });
});
