/**
 * A visitor's pass through the whole server: registered over HTTP, its code read by a scanner on a pseudo-terminal, the
 * lane opened, the record, where the visitor is, and every way in which it opens nothing.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { hidPosLayout } from '../hardware/codec/hid-pos.ts';
import { systemClock } from '../hardware/index.ts';
import { readSigningKey } from '../server/visits/pass-keys.ts';
import { mintPass } from '../server/visits/pass-token.ts';
import { type CampusOptions, startCampus, type TestCampus } from './harness.ts';
import { openPtyDevice, ptyPair } from './pty.ts';
import { ids } from './small-school.ts';
import { nextEvent, untilState } from './until.ts';
import { addType, codeOf, type Guest, register, scanned } from './visits.ts';

const scanner = { model: 'text-line', options: {} };
let campus: TestCampus | undefined;
afterEach(async () => {
  await campus?.close();
  campus = undefined;
});

async function started(options: CampusOptions = {}): Promise<TestCampus> {
  campus = await startCampus({ readerModel: scanner, readerOutModel: 'text-line', doors: false, ...options });
  return campus;
}

/** Scanned, with the time between two scans that the scanner needs to take them for two. */
async function scan(running: TestCampus, code: string, deviceId: string = ids.readerIn): Promise<void> {
  await running.swipe(scanned(code), deviceId);
  await running.clock.advanceAsync(2_000);
  await running.app.campus.settled();
}

async function refusals(running: TestCampus) {
  const events = await running.events('passage.denied');
  return events.flatMap(({ type, data }) => (type === 'passage.denied' ? data.reason : []));
}

const outcomes = async (running: TestCampus) =>
  (await running.events('passage.granted', 'passage.denied')).map(({ type, data }) =>
    'reason' in data ? data.reason : type,
  );

async function stateOf(running: TestCampus, { visitId }: Guest): Promise<string> {
  const guard = await running.as('guard');
  return (await guard('visits.get', { params: { id: visitId } })).state;
}

describe('over a real serial line', () => {
  it('opens the lane once, and is refused as used, with when and where', async () => {
    const line = await ptyPair();
    const device = await openPtyDevice(line.devicePath);
    const running = await startCampus({
      clock: systemClock,
      reader: { kind: 'serial', path: line.hostPath },
      readerModel: { model: 'text-line', options: { holdMs: 0 } },
      doors: false,
    });
    try {
      const { hardware, swipesDone, settled, presence } = running.app.campus;
      await untilState(hardware, ids.readerIn, 'online');
      const guest = await register(running, await addType(running, { approvals: [] }));
      const code = await codeOf(running, guest);
      const show = async () => {
        const read = nextEvent(hardware, 'read');
        await device.write(Buffer.from(`${code}\r`));
        await read;
        await swipesDone();
      };
      await show();
      expect(hardware.simulated(ids.relay)?.channels?.()[0]).toBe(true);
      const [granted] = await running.events('passage.granted');
      const whose = { passId: guest.passId, visitId: guest.visitId };
      expect(granted?.data).toMatchObject({ ...whose, laneId: ids.lane, direction: 'in', flags: [] });
      await show();
      const [denied] = await running.events('passage.denied');
      expect(denied?.data).toMatchObject({
        ...whose,
        reason: 'pass-used',
        used: { laneId: ids.lane, direction: 'in' },
      });
      await settled();
      expect(presence.standing(guest.passId)).toMatchObject({ direction: 'in', laneId: ids.lane });
      // What opens a lane stands in no record.
      const all = JSON.stringify(await running.events());
      expect(all).not.toContain(code.slice(3, 40));
      expect(all).not.toContain('Test Visitor');
      const auditor = await running.as('auditor');
      const { rows } = await auditor('log.list', { query: { type: 'passage.granted' } });
      expect(rows[0]?.visitor).toEqual({ name: 'Test Visitor' });
    } finally {
      await running.close();
      await device.close();
      await line.close();
    }
  });
});

describe('in once and out once', () => {
  it('shows who is inside, lets out, and is used then, also after a restart', async () => {
    const running = await started();
    const guest = await register(running, await addType(running, { approvals: [] }));
    const code = await codeOf(running, guest);
    expect(await stateOf(running, guest)).toBe('approved');
    await scan(running, code, ids.readerOut);
    await scan(running, code);
    expect(await stateOf(running, guest)).toBe('inside');
    await running.restart();
    await scan(running, code);
    await scan(running, code, ids.readerOut);
    expect(await stateOf(running, guest)).toBe('left');
    await scan(running, code, ids.readerOut);
    await scan(running, code);
    expect(await outcomes(running)).toEqual([
      'pass-no-entry',
      'passage.granted',
      'pass-used',
      'passage.granted',
      'pass-used',
      'pass-used',
    ]);
  });

  it('lets in by turns where the kind of visitor says so', async () => {
    const running = await started();
    const guest = await register(running, await addType(running, { approvals: [], manyEntries: true }));
    const code = await codeOf(running, guest);
    for (const deviceId of [ids.readerIn, ids.readerOut, ids.readerIn]) await scan(running, code, deviceId);
    await scan(running, code);
    expect(await outcomes(running)).toEqual([...Array(3).fill('passage.granted'), 'pass-used']);
  });

  it('lets one of two in who show the same code at two lanes at once', async () => {
    const running = await started();
    await running.app.campus.db.transaction(async (tx) => {
      await tx.device.create({
        data: { id: 'scanner-2', name: 'Scanner 2', model: 'text-line', addressKind: 'sim' },
      });
      const lane = { id: 'lane-2', gateId: ids.gate, name: 'Lane 2', zoneId: ids.zone };
      await tx.lane.create({ data: { ...lane, pulseMs: 500 } });
      await tx.reader.create({
        data: { id: 'reader-2', name: 'Lane 2', deviceId: 'scanner-2', laneId: 'lane-2', direction: 'in' },
      });
    });
    await running.restart();
    const guest = await register(running, await addType(running, { approvals: [] }));
    const code = await codeOf(running, guest);
    await Promise.all([running.swipe(scanned(code)), running.swipe(scanned(code), 'scanner-2')]);
    expect((await outcomes(running)).toSorted()).toEqual(['pass-used', 'passage.granted']);
  });

  it('is not used where nobody went through', async () => {
    const running = await started({ doors: true });
    const guest = await register(running, await addType(running, { approvals: [] }));
    const code = await codeOf(running, guest);
    await running.swipe(scanned(code));
    await running.clock.advanceAsync(60_000);
    await running.app.campus.settled();
    expect(await stateOf(running, guest)).toBe('approved');
    await running.swipe(scanned(code));
    expect(await outcomes(running)).toEqual(['passage.granted', 'passage.granted']);
  });
});

describe('a pass opens nothing', () => {
  it('before the host has agreed, nor after the guard has refused or taken it back', async () => {
    const running = await started();
    const host = await running.as('host');
    const guard = await running.as('guard');
    const { account } = await host('session.get');
    const guest = await register(running, await addType(running), { hostId: account.id });
    expect(await codeOf(running, guest)).toBe('');
    const params = { id: guest.visitId };
    await expect(guard('visits.approve', { params, body: {} })).rejects.toMatchObject({
      problem: { why: 'visit.say-why' },
    });
    const approved = await host('visits.approve', { params, body: {} });
    expect(approved.words).toMatchObject([{ word: 'host', by: 'Test host', approved: true }]);
    const code = await codeOf(running, guest);
    await guard('visits.refuse', { params, body: { reason: 'no papers' } });
    await scan(running, code);
    await guard('visits.approve', { params, body: {} });
    await guard('passes.revoke', { params: { id: guest.passId }, body: { reason: 'lost' } });
    await scan(running, code);
    expect(await refusals(running)).toEqual(['pass-not-approved', 'pass-revoked']);
    expect(running.app.campus.hardware.simulated(ids.relay)?.channels?.()[0]).toBe(false);
  });

  it('too early, too late, at a lane that is not for it; and out after its time, flagged', async () => {
    const running = await started();
    const host = await running.as('host');
    const boss = await running.as('administrator');
    const typeId = await addType(running);
    const from = running.clock.now() + 60 * 60_000;
    const body = { typeId, name: 'Early Bird', expectedFrom: from, expectedUntil: from + 3_600_000 };
    const { visit, link } = await host('visits.invite', { body });
    const guest = { visitId: visit.id, link, passId: visit.pass?.id ?? '' };
    const code = await codeOf(running, guest);
    await scan(running, code);
    await running.clock.advanceAsync(40 * 60_000);
    await boss('visitor-types.change', { params: { id: typeId }, body: { laneIds: [], reason: 'a test' } });
    await scan(running, code);
    await boss('visitor-types.change', { params: { id: typeId }, body: { laneIds: null, reason: 'a test' } });
    await scan(running, code);
    await running.clock.advanceAsync(2 * 3_600_000);
    await scan(running, code);
    await scan(running, code, ids.readerOut);
    expect(await outcomes(running)).toEqual([
      'pass-not-yet-valid',
      'pass-wrong-lane',
      'passage.granted',
      'pass-expired',
      'passage.granted',
    ]);
    const granted = await running.events('passage.granted');
    expect(granted[1]?.data).toMatchObject({ flags: ['pass-overdue'] });
  });

  it('where it is malformed, of another school, forged, or signed by a key that was given up', async () => {
    const running = await started();
    const boss = await running.as('administrator');
    const guest = await register(running, await addType(running, { approvals: [] }));
    const code = await codeOf(running, guest);
    const key = await readSigningKey(running.app.campus.db.reader);
    if (!key) throw new Error('no key');
    const claims = { keyId: key.keyId, number: 1, validFrom: 0, validUntil: 4e12, manyEntries: false };
    await scan(running, code.slice(0, -3));
    await scan(running, mintPass(claims, 'another-school', key.privateKey));
    await scan(running, `${code.slice(0, 80)}${code[80] === '0' ? '1' : '0'}${code.slice(81)}`);
    await boss('passes.rotate-key', { body: { compromised: true, reason: 'key leaked' } });
    await scan(running, code);
    const anew = await codeOf(running, guest);
    expect(anew).not.toBe(code);
    await scan(running, anew);
    expect(await outcomes(running)).toEqual([
      'pass-malformed',
      'pass-wrong-school',
      'pass-bad-signature',
      'pass-unknown-key',
      'passage.granted',
    ]);
  });

  it('by a picture of its code, where the code changes', async () => {
    const running = await started();
    const guest = await register(running, await addType(running, { approvals: [], liveCode: true }));
    const picture = await codeOf(running, guest);
    const page = await running.anyone('passes.page', { body: { link: guest.link } });
    await running.clock.advanceAsync((page.renewAt ?? 0) - running.clock.now() + 31_000);
    await scan(running, picture);
    await scan(running, await codeOf(running, guest));
    expect(await outcomes(running)).toEqual(['pass-old-code', 'passage.granted']);
  });
});

it('a school begins with kinds of visitors, whose notices and forms ask for what they need', async () => {
  const running = await started();
  const types = await (await running.as('guard'))('visitor-types.list');
  expect(types.map(({ names }) => names.en)).toEqual([
    ...['Parent', 'Contractor', 'Supplier', 'Official', 'Alumnus', 'Other'],
  ]);
  expect(types[1]).toMatchObject({ approvals: ['host', 'guard'], manyEntries: true, keepDays: 180 });
  expect((await running.events('visitor-type.added')).length).toBe(6);
});

it('is read by a USB scanner whose reports cut the code in pieces', async () => {
  const running = await started({ readerModel: { model: 'hid-pos', options: {} } });
  const guest = await register(running, await addType(running, { approvals: [] }));
  const code = await codeOf(running, guest);
  expect(code.length).toBeGreaterThan(hidPosLayout.dataBytes);
  await scan(running, code);
  await scan(running, code);
  expect(await outcomes(running)).toEqual(['passage.granted', 'pass-used']);
});

it('says why, rule by rule', async () => {
  const running = await started();
  const guest = await register(running, await addType(running, { approvals: [] }));
  await scan(running, await codeOf(running, guest));
  const auditor = await running.as('auditor');
  const query = { readerId: 'reader-in', passId: guest.passId };
  const told = await auditor('access.explain', { query });
  expect(told).toMatchObject({ result: 'denied', reason: 'pass-used', pass: { id: guest.passId } });
  expect(told.steps.at(-1)).toMatchObject({
    rule: 'pass-used',
    verdict: 'decided',
    facts: { lastPassage: { laneId: ids.lane, direction: 'in' } },
  });
  // Asked about the record of the first scan, it says what was known then.
  const [granted] = await running.events('passage.granted');
  const then = await auditor('access.explain', { query: { ...query, before: granted?.seq } });
  expect(then).toMatchObject({ result: 'granted' });
  await scan(running, await codeOf(running, guest));
  const [denied] = await running.events('passage.denied');
  const later = await auditor('access.explain', { query: { ...query, before: denied?.seq } });
  expect(later).toMatchObject({ result: 'denied', reason: 'pass-used' });
});

it('keeps the number of an identity card sealed, shows its ends, finds it whole, and records who looks', async () => {
  const running = await started();
  const number = '11010519491231002X';
  const typeId = await addType(running, { approvals: [], fields: { idNumber: 'required' } });
  const paper = { idKind: 'resident-id', idNumber: number };
  const guest = await register(running, typeId, paper);
  const [guard, boss] = [await running.as('guard'), await running.as('administrator')];
  const params = { id: guest.visitId };
  const { visitor } = await guard('visits.get', { params });
  expect(visitor.idNumber).toBe('1****************X');
  expect((await register(running, typeId, paper)).visitId).not.toBe(guest.visitId);
  const found = await guard('visits.search', { body: { text: number } });
  expect(found.visits.map((each) => each.visitor.id)).toEqual([visitor.id, visitor.id]);
  await expect(guard('visits.reveal-id', { params, body: { reason: 'police' } })).rejects.toMatchObject({
    problem: { code: 'not-allowed' },
  });
  expect(await boss('visits.reveal-id', { params, body: { reason: 'police' } })).toEqual({
    idNumber: number,
  });
  const [looked] = await running.events('visit.id-revealed');
  expect(looked).toMatchObject({ data: { visitId: guest.visitId }, note: 'police' });
  expect(JSON.stringify(await running.events())).not.toContain(number);
  const rows = await running.app.campus.db.reader.visitor.findMany();
  expect(
    JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
  ).not.toContain(number);
  const wrong = { ...paper, idNumber: '110105194912310021' };
  await expect(register(running, typeId, wrong)).rejects.toMatchObject({ problem: { why: 'visit.form' } });
});
