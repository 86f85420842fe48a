/** Cards of people who do not exist, and frames as the makers' tables print them. */
import type { ForeignerCard, ResidentCard, UnreadableCard } from '../../document.ts';

export const residentSample: ResidentCard = {
  kind: 'resident-card',
  name: '张三',
  sex: 'male',
  ethnicity: '01',
  birth: '1949-12-31',
  address: '北京市朝阳区样本路1号',
  number: '11010519491231002X',
  issuer: '北京市公安局朝阳分局',
  validFrom: '2010-01-01',
  validUntil: 'long-term',
};

export const foreignerSample: ForeignerCard = {
  kind: 'foreigner-card',
  name: 'SAMPLE, ANNA MARIA',
  sex: 'female',
  number: 'GBR310000010101',
  nationality: 'GBR',
  chineseName: '安娜',
  validFrom: '2018-02-28',
  validUntil: '2028-02-27',
  birth: '2000-02-29',
  version: '01',
  agency: '3100',
};

export const permitSample: UnreadableCard = { kind: 'residence-permit', type: 'J' };

export const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/[0-9A-Fa-f]{2}/g) ?? [], (pair) => Number.parseInt(pair, 16));
