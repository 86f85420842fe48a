/** The kinds of visitors that a school begins with: each is changed, or no longer offered, as the school likes. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { NewEvent } from '../contract/events.ts';
import { visitorTypeInput } from '../contract/visitor-types.ts';
import type { Tx } from '../db.ts';
import { insertVisitorType } from './visitor-types.ts';

type Input = z.input<typeof visitorTypeInput>;

const asked = { phone: 'required', idNumber: 'required', purpose: 'required', host: 'required' } as const;

const kinds: Input[] = [
  {
    names: { 'zh-CN': '家长', en: 'Parent' },
    colour: 'green',
    fields: { ...asked, companions: 'optional', photo: 'required' },
    guardians: true,
    stayMinutes: 120,
  },
  {
    names: { 'zh-CN': '施工维修', en: 'Contractor' },
    colour: 'orange',
    fields: { ...asked, organisation: 'required', items: 'required', plate: 'optional', photo: 'required' },
    approvals: ['host', 'guard'],
    stayMinutes: 600,
    manyEntries: true,
  },
  {
    names: { 'zh-CN': '送货', en: 'Supplier' },
    colour: 'blue',
    fields: { ...asked, organisation: 'required', items: 'optional', plate: 'optional', photo: 'optional' },
    stayMinutes: 60,
  },
  {
    names: { 'zh-CN': '公务来访', en: 'Official' },
    colour: 'purple',
    fields: {
      phone: 'required',
      organisation: 'required',
      purpose: 'required',
      host: 'required',
      plate: 'optional',
    },
    stayMinutes: 240,
  },
  {
    names: { 'zh-CN': '校友', en: 'Alumnus' },
    colour: 'blue',
    fields: { ...asked, photo: 'optional' },
    stayMinutes: 180,
  },
  {
    names: { 'zh-CN': '其他', en: 'Other' },
    colour: 'grey',
    fields: { ...asked, organisation: 'optional', plate: 'optional', photo: 'required' },
    approvals: ['host', 'guard'],
    stayMinutes: 120,
  },
];

/** @returns the events that record them */
export async function writeVisitorTypes(tx: Tx): Promise<NewEvent[]> {
  const events: NewEvent[] = [];
  for (const [position, kind] of kinds.entries()) {
    const typeId = randomUUID();
    await insertVisitorType(tx, typeId, visitorTypeInput.parse({ ...kind, position }));
    events.push({ type: 'visitor-type.added', data: { typeId } });
  }
  return events;
}
