import { describe, expect, it } from 'vitest';
import { emptyDraft } from './draft.ts';
import { faultsOf, progressOf } from './flow.ts';
import { countdown } from './idle.ts';
import { beginning } from './moves.ts';
import { answer, atStart, bare, begin, full, noon, parent, run, site, welcome } from './test-flow.ts';
import type { Draft, Flow } from './words.ts';

const photo = new Blob(['photo'], { type: 'image/jpeg' });
const signature = new Blob(['signature'], { type: 'image/png' });
const person: Partial<Draft> = {
  name: ' Test Visitor ',
  phone: '13800138000',
  idNumber: '11010519491231002x',
};
const visit: Partial<Draft> = { host: { id: 'host-1', name: 'Host One' }, purpose: 'Meeting' };
const filled = (draft: Partial<Draft>) => ({ type: 'filled', draft }) as const;
const next = { type: 'next' } as const;
const at = (flow: Flow) => flow.screen.at;

const typed = () =>
  run(
    atStart(),
    begin('register'),
    { type: 'chose', typeId: full.id },
    filled(person),
    next,
    filled(visit),
    next,
  );
const complete = () => run(typed(), filled({ photo, signature, agreed: true }), next);

describe('beginning', () => {
  it('asks who it is, and stands at the start screen in the language of the school', () => {
    const flow = atStart();
    expect(at(flow)).toBe('start');
    expect(flow.language).toBe('zh-CN');
  });
  it('is paired by a code, and told when the code is wrong', () => {
    const alone = answer(beginning(noon), { kind: 'failed', code: 'not-paired' });
    expect(at(alone)).toBe('pairing');
    const wrong = answer(run(alone, { type: 'pair', code: '1' }), { kind: 'failed', code: 'refused' });
    expect([at(wrong), wrong.fault]).toEqual(['pairing', 'pairing-code']);
    const right = answer(run(wrong, { type: 'pair', code: '2' }), { kind: 'site', site, online: true });
    expect([at(right), right.fault]).toEqual(['start', undefined]);
  });
  it('goes back to pairing when the server knows it no more, with nothing of the visitor', () => {
    const flow = answer(complete(), { kind: 'failed', code: 'not-paired' });
    expect(at(flow)).toBe('pairing');
    expect(flow.draft).toBe(emptyDraft);
    const told = run(complete(), { type: 'unpaired' });
    expect([at(told), told.draft, told.ask]).toEqual(['pairing', emptyDraft, undefined]);
  });
});

describe('a walk-in', () => {
  it('passes six screens with the start and the result, and is sent whole', () => {
    const screens: string[] = [];
    let flow = atStart();
    const see = (after: Flow) => {
      flow = after;
      screens.push(at(flow));
    };
    see(flow);
    see(run(flow, begin('register')));
    see(run(flow, { type: 'chose', typeId: full.id }));
    expect(progressOf(flow)).toEqual({ at: 1, of: 3 });
    see(run(flow, filled(person), next));
    see(run(flow, filled(visit), next));
    flow = run(flow, filled({ photo, signature, agreed: true }), next);
    expect(flow.ask?.what).toEqual({
      kind: 'register',
      registration: {
        key: 'key-1',
        typeId: 'full',
        name: 'Test Visitor',
        phone: '13800138000',
        idKind: 'resident-id',
        idNumber: '11010519491231002X',
        hostId: 'host-1',
        purpose: 'Meeting',
        companions: [],
        noticeVersion: 3,
      },
      photo,
      signature,
    });
    see(answer(flow, { kind: 'visit', visit: welcome }));
    expect(screens).toEqual(['start', 'type', 'person', 'visit', 'confirm', 'result']);
  });
  it('asks no screen that has nothing to ask', () => {
    const flow = run(atStart(), begin('register'), { type: 'chose', typeId: bare.id }, filled(person), next);
    expect(flow.ask?.what.kind).toBe('register');
  });
  it('is told at the field what is wrong, and goes on when it is right', () => {
    const wrong = { ...person, phone: '1380013800', idNumber: '110105194912310021' };
    const flow = run(atStart(), begin('register'), { type: 'chose', typeId: full.id }, filled(wrong), next);
    expect(at(flow)).toBe('person');
    expect(faultsOf(flow)).toEqual({ phone: 'no-phone', idNumber: 'id-check-digit' });
    expect(flow.told).toEqual(expect.arrayContaining(['phone', 'idNumber']));
    expect(at(run(flow, filled(person), next))).toBe('visit');
  });
  it.each([
    ['1101051949123100', 'id-form'],
    ['110105194913310028', 'id-birth-date'],
  ])('%s is wrong by its %s', (idNumber, fault) => {
    const flow = run(
      atStart(),
      begin('register'),
      { type: 'chose', typeId: full.id },
      filled({ ...person, idNumber }),
    );
    expect(faultsOf(flow)).toEqual({ idNumber: fault });
  });
  it('who has a passport shows it to a scanner, or types its lines', () => {
    const first = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<';
    const second = 'L898902C36UTO7408122F1204159ZE184226B<<<<<10';
    const onPerson = run(atStart(), begin('register'), { type: 'chose', typeId: full.id }, filled(person));
    // The letters go into the field that has the focus.
    const scan = (flow: Flow, text: string, now: number) =>
      run(
        flow,
        { type: 'touched', now },
        filled({ phone: `${flow.draft.phone}8` }),
        { type: 'touched', now: now + 5 },
        filled({ phone: `${flow.draft.phone}89` }),
        { type: 'scanned', text, key: 'unused' },
      );
    const half = scan(onPerson, first, noon + 1000);
    expect(half.draft).toMatchObject({ ...person, idKind: 'resident-id' });
    const whole = scan(half, second, noon + 1200);
    const read = { name: 'ERIKSSON ANNA MARIA', idKind: 'passport', idNumber: 'L898902C3', mrz: '' };
    expect(whole.draft).toMatchObject({ ...read, phone: person.phone });
    expect(faultsOf(whole)).toEqual({});
    const misread = scan(half, second.replace('C3', 'C8'), noon + 1200);
    expect([misread.told, faultsOf(misread)]).toEqual([['idNumber'], { idNumber: 'mrz-check-digit' }]);
    const typed = run(onPerson, filled({ idKind: 'passport', idNumber: first + second }));
    expect(typed.draft).toMatchObject(read);
    const few = run(onPerson, filled({ idKind: 'passport', idNumber: first }));
    expect(faultsOf(few)).toEqual({ idNumber: 'mrz-lines' });
  });
  it('must see the notice and agree', () => {
    const asked = { phone: 'required' } as const;
    const types = [{ ...full, fields: asked }];
    const flow = run(
      { ...atStart(), site: { ...site, types } },
      begin('register'),
      filled(person),
      next,
      next,
    );
    expect([at(flow), faultsOf(flow)]).toEqual(['confirm', { notice: 'not-agreed' }]);
    expect(run(flow, filled({ agreed: true }), next).ask?.what).toMatchObject({
      registration: { noticeVersion: 3 },
    });
  });
  it('agrees by the signature under the notice, where one is asked', () => {
    const unsigned = run(typed(), filled({ photo, agreed: true }), next);
    expect(faultsOf(unsigned)).toEqual({ signature: 'missing', notice: 'not-agreed' });
    expect(run(unsigned, filled({ signature }), next).ask?.what).toMatchObject({
      registration: { noticeVersion: 3 },
    });
  });
  it('is sent once, however often "finish" is pressed', () => {
    const once = complete();
    const twice = run(once, next, next);
    expect(twice.ask).toBe(once.ask);
    expect(twice.asked).toBe(once.asked);
  });
  it('keeps of the draft the photo alone when it is done', () => {
    const flow = answer(complete(), { kind: 'visit', visit: welcome });
    expect(flow.draft).toEqual({ ...emptyDraft, key: 'key-1', photo });
  });
  it('stays where it is when it is refused, and keeps what was typed', () => {
    const flow = answer(complete(), { kind: 'failed', code: 'refused' });
    expect([at(flow), flow.fault, flow.draft.name]).toEqual(['confirm', 'refused', ' Test Visitor ']);
  });
  it('goes back screen by screen', () => {
    const seen = [typed()];
    for (let each = 0; each < 4; each += 1) seen.push(run(seen.at(-1) as Flow, { type: 'back' }));
    expect(seen.map(at)).toEqual(['confirm', 'visit', 'person', 'type', 'start']);
    expect(seen[3]?.draft.name).toBe(' Test Visitor ');
    expect(seen[4]?.draft).toBe(emptyDraft);
  });
});

describe('a known visitor', () => {
  const asking = () =>
    run(
      atStart(),
      begin('register'),
      { type: 'been-here' },
      filled({ name: 'Test Visitor', lastDigits: '8000' }),
      {
        type: 'look-up',
      },
    );
  const found = {
    visitorId: 'visitor-1',
    name: 'T***r',
    phone: '138****8000',
    organisation: null,
    idNumber: '1****X',
  };

  it('is asked "is this you", and fills in nothing of themselves', () => {
    const asked = asking();
    expect(asked.ask?.what).toEqual({ kind: 'known', name: 'Test Visitor', lastDigits: '8000' });
    const shown = answer(asked, { kind: 'known', found });
    expect(at(shown)).toBe('is-it-you');
    const yes = run(shown, { type: 'it-is-me' }, { type: 'chose', typeId: full.id });
    expect(at(yes)).toBe('visit');
    const sent = run(yes, filled(visit), next, filled({ photo, signature, agreed: true }), next);
    expect(sent.ask?.what).toMatchObject({
      kind: 'register',
      registration: { visitorId: 'visitor-1', lastDigits: '8000', name: 'Test Visitor' },
    });
    expect(JSON.stringify(sent.ask?.what)).not.toMatch(/phone|idNumber/);
  });
  it('who says no, or is not found, fills in everything', () => {
    const no = run(
      answer(asking(), { kind: 'known', found }),
      { type: 'not-me' },
      { type: 'chose', typeId: full.id },
    );
    expect([at(no), no.draft.visitorId]).toEqual(['person', undefined]);
    const none = answer(asking(), { kind: 'known', found: null });
    expect([at(none), none.fault]).toEqual(['known', 'not-known']);
  });
  it('is not looked up before the digits are whole', () => {
    const flow = run(
      atStart(),
      begin('register'),
      { type: 'been-here' },
      filled({ name: 'T', lastDigits: '80' }),
      {
        type: 'look-up',
      },
    );
    expect(flow.ask).toBeUndefined();
  });
});

describe('codes', () => {
  const token = 'A'.repeat(131);
  const scan = { type: 'scanned', text: `${token}\n`, key: 'key-2' } as const;
  const expected = { ...welcome, pass: undefined, typeId: parent.id, missing: [], notice: null };

  it('an appointment with nothing missing needs the one code', () => {
    const flow = run(atStart(), scan);
    expect(flow.ask?.what).toEqual({ kind: 'expected', shown: { token } });
    const arriving = answer(flow, { kind: 'expected', expected });
    expect(arriving.ask?.what).toEqual({
      kind: 'arrive',
      arrival: { key: 'key-2', shown: { token }, form: {} },
    });
    expect(at(answer(arriving, { kind: 'visit', visit: welcome }))).toBe('result');
  });
  it('asks what is missing, and the notice, and no more', () => {
    const notice = { text: 'Keep to the paths.', version: 9 };
    const flow = answer(run(atStart(), scan), {
      kind: 'expected',
      expected: { ...expected, missing: ['phone'], notice },
    });
    expect([at(flow), progressOf(flow)]).toEqual(['person', { at: 1, of: 2 }]);
    const sent = run(flow, filled({ phone: '13800138000' }), next, filled({ agreed: true }), next);
    expect(sent.ask?.what).toMatchObject({ arrival: { form: { phone: '13800138000', noticeVersion: 9 } } });
  });
  it('signs out by code, or by number and the end of the telephone number', () => {
    expect(run(atStart(), begin('sign-out'), scan).ask?.what).toEqual({ kind: 'sign-out', shown: { token } });
    const byNumber = run(
      atStart(),
      begin('sign-out'),
      { type: 'by', by: 'number' },
      {
        type: 'numbered',
        number: '41',
        lastDigits: '8000',
      },
    );
    expect(byNumber.ask?.what).toEqual({ kind: 'sign-out', shown: { number: 41, lastDigits: '8000' } });
    const wrong = answer(byNumber, { kind: 'failed', code: 'refused' });
    expect(wrong.fault).toBe('number-unknown');
    const gone = answer(byNumber, { kind: 'failed', code: 'refused', why: 'visit.not-inside' });
    expect(gone.fault).toBe('not-inside');
  });
  it('mean nothing where none is asked for', () => {
    const flow = run(atStart(), begin('register'), scan);
    expect(flow.ask).toBeUndefined();
    expect(at(flow)).toBe('type');
  });
});

describe('collecting a child', () => {
  it('is a visit of the type of parents, its reason given', () => {
    const flow = run(atStart(), {
      type: 'begin',
      task: 'guardian',
      key: 'key-1',
      purpose: 'Collect a child',
    });
    expect([at(flow), flow.draft.typeId, flow.draft.purpose]).toEqual([
      'person',
      'parent',
      'Collect a child',
    ]);
  });
  it('asks for the kind where none is that of guardians, whatever they are called', () => {
    const types = site.types.map((each) => ({ ...each, guardians: false }));
    const start = answer(beginning(noon), { kind: 'site', site: { ...site, types }, online: true });
    expect(at(run(start, begin('guardian')))).toBe('type');
  });
});

describe('time', () => {
  const tick = (seconds: number) => ({ type: 'tick', now: noon + seconds * 1000 }) as const;

  it('asks after 45 seconds, and has wiped everything 20 seconds later', () => {
    const flow = typed();
    expect(countdown(run(flow, tick(44)))).toBeUndefined();
    expect(countdown(run(flow, tick(45)))).toBe(20);
    expect(at(run(flow, tick(64)))).toBe('confirm');
    const gone = run(flow, { type: 'language', language: 'en' }, tick(65));
    expect(gone).toMatchObject({ screen: { at: 'start' }, trail: [], told: [], language: 'zh-CN' });
    expect(gone.draft).toBe(emptyDraft);
    expect(JSON.stringify(gone)).not.toContain('Test Visitor');
  });
  it('gives more time when it is asked for, and not for any touch', () => {
    const asked = run(typed(), tick(50), { type: 'touched', now: noon + 51_000 });
    expect(countdown(asked)).toBe(15);
    const more = run(asked, { type: 'more-time', now: noon + 52_000 });
    expect(at(run(more, tick(52 + 64)))).toBe('confirm');
  });
  it('a clock that is set back lets nobody stand there longer', () => {
    const back = run(typed(), tick(30), tick(-3600));
    expect(countdown(run(back, tick(-3600 + 14)))).toBeUndefined();
    expect(countdown(run(back, tick(-3600 + 15)))).toBe(20);
    expect(at(run(back, tick(-3600 + 35)))).toBe('start');
  });
  it('a touch before the countdown begins it anew', () => {
    expect(countdown(run(typed(), { type: 'touched', now: noon + 40_000 }, tick(84)))).toBeUndefined();
  });
  it('an answer after the wipe is nobody’s', () => {
    const flow = complete();
    const late = run(flow, tick(65), {
      type: 'answered',
      id: flow.ask?.id ?? 0,
      answer: { kind: 'visit', visit: welcome },
    });
    expect(at(late)).toBe('start');
  });
  it('the result closes by itself', () => {
    const done = answer(complete(), { kind: 'visit', visit: welcome });
    expect(countdown(done)).toBe(20);
    expect(at(run(done, tick(20)))).toBe('start');
  });
  it('the start screen stands for ever', () => {
    expect(countdown(run(atStart(), tick(1_000_000)))).toBeUndefined();
  });
});

describe('waiting', () => {
  const wait = { ...welcome, state: 'wait' as const, pass: undefined };
  it('asks again until there is a pass', () => {
    const waiting = answer(complete(), { kind: 'visit', visit: wait });
    expect(waiting.ask).toBeUndefined();
    const again = run(waiting, { type: 'ask-again' });
    expect(again.ask?.what).toEqual({ kind: 'visit', key: 'key-1' });
    const still = answer(again, { kind: 'visit', visit: wait });
    const done = answer(run(still, { type: 'ask-again' }), { kind: 'visit', visit: welcome });
    expect(done.screen).toMatchObject({ result: { state: 'welcome' } });
  });
  it('asking again is no touch: nobody waits for ever', () => {
    const later = run(answer(complete(), { kind: 'visit', visit: wait }), {
      type: 'tick',
      now: noon + 110_000,
    });
    const again = answer(run(later, { type: 'ask-again' }), { kind: 'visit', visit: wait });
    expect(countdown(again)).toBe(10);
  });
});

describe('without the server', () => {
  it('a registration is kept, and the kiosk says so', () => {
    const flow = answer(complete(), { kind: 'kept' });
    expect(flow).toMatchObject({ online: false, screen: { at: 'result', result: { state: 'kept' } } });
  });
  it('a name in words is enough of a host, since none can be searched', () => {
    const words = { host: undefined, department: 'Host One', purpose: 'Meeting' };
    const offline = run(
      atStart(),
      { type: 'network', online: false },
      begin('register'),
      { type: 'chose', typeId: full.id },
      filled(person),
      next,
      filled(words),
      next,
    );
    expect(at(offline)).toBe('confirm');
    expect(faultsOf(run(offline, { type: 'network', online: true }, { type: 'back' }))).toEqual({
      host: 'missing',
    });
  });
  it('what needs the server says that it is away', () => {
    const flow = answer(
      run(atStart(), begin('appointment'), { type: 'scanned', text: 'AAAAAAAA', key: 'k' }),
      {
        kind: 'failed',
        code: 'offline',
      },
    );
    expect([flow.fault, flow.online, at(flow)]).toEqual(['away', false, 'code']);
  });
});
