/** For tests of the flow: a school with three kinds of visitors, and a kiosk that stands at its start screen. */
import type { VisitorType } from '../../server/contract/visitor-types.ts';
import { step } from './flow.ts';
import { beginning } from './moves.ts';
import type { Answered, Flow, FlowEvent, Site } from './words.ts';

/** A Tuesday, noon in Shanghai. */
export const noon = Date.UTC(2026, 8, 1, 4);

export const type = (id: string, more: Partial<VisitorType> = {}): VisitorType => ({
  id,
  names: { 'zh-CN': `类型${id}`, en: `Type ${id}` },
  colour: 'blue',
  fields: {},
  approvals: ['host'],
  waitMinutes: 5,
  closeMinute: 1380,
  laneIds: null,
  stayMinutes: 240,
  manyEntries: false,
  liveCode: false,
  escort: false,
  guardians: false,
  notice: null,
  noticeVersion: 1,
  keepDays: 180,
  keepPhotoDays: 30,
  position: 0,
  offered: true,
  ...more,
});

export const full = type('full', {
  fields: {
    phone: 'required',
    organisation: 'optional',
    idNumber: 'required',
    host: 'required',
    purpose: 'required',
    plate: 'optional',
    photo: 'required',
    signature: 'required',
  },
  notice: 'Please keep to the paths.',
  noticeVersion: 3,
});
export const parent = type('parent', {
  names: { 'zh-CN': '家长', en: 'Parent' },
  fields: { phone: 'required', purpose: 'optional' },
  guardians: true,
});
export const bare = type('bare');

export const site: Site = {
  kiosk: { id: 'kiosk-1', name: 'Kiosk 1' },
  school: { name: 'Small School', language: 'zh-CN', timeZone: 'Asia/Shanghai' },
  parts: { printer: 'none', documentReader: 'none' },
  now: noon,
  types: [full, parent, bare],
};

export const welcome: Answered = {
  state: 'welcome',
  visitor: 'Test Visitor',
  type: { names: full.names, colour: 'blue', escort: false },
  host: 'Host One',
  department: null,
  pass: {
    number: 41,
    token: 'TOKEN',
    link: 'link',
    colour: 'blue',
    validFrom: noon,
    validUntil: noon + 3_600_000,
  },
};

export const run = (flow: Flow, ...events: FlowEvent[]): Flow => events.reduce(step, flow);

/** The answer to what the flow asks at the moment. */
export const answer = (flow: Flow, given: Extract<FlowEvent, { type: 'answered' }>['answer']): Flow =>
  run(flow, { type: 'answered', id: flow.ask?.id ?? -1, answer: given });

export const atStart = (): Flow => answer(beginning(noon), { kind: 'site', site, online: true });

export const begin = (task: 'appointment' | 'register' | 'guardian' | 'sign-out'): FlowEvent => ({
  type: 'begin',
  task,
  key: 'key-1',
});
