/** Badges at a receipt printer: for the guard, and for the kiosk that has one. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import type { PrinterCondition } from '../hardware/paper.ts';
import type { PrintedPage } from '../hardware/ports.ts';
import type { Client } from '../server/contract/client.ts';
import { cookieClient, startCampus, type TestCampus } from './harness.ts';
import { ids } from './small-school.ts';
import { addType, codeOf, register, scanned } from './visits.ts';

let campus: TestCampus;
let boss: Client;
let printerId: string;
beforeAll(() => {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer } });
});
beforeEach(async () => {
  campus = await startCampus({ readerModel: { model: 'text-line', options: {} }, doors: false });
  boss = await campus.as('administrator');
  const body = { name: 'Badges', model: 'escpos', address: { kind: 'sim' as const } };
  printerId = (await boss('devices.add', { body })).id;
  await campus.clock.advanceAsync(1_000);
});
afterEach(() => campus.close());

const printer = () => campus.app.campus.hardware.simulated(printerId);
const printed = (): PrintedPage[] => printer()?.printed?.() ?? [];

async function set(condition: PrinterCondition): Promise<void> {
  printer()?.setPrinter?.(condition);
  await campus.clock.advanceAsync(1_500);
  await campus.app.campus.settled();
}

/** What an asking comes to while the clock runs. */
async function within<T>(asking: Promise<T>): Promise<T> {
  let done = false;
  const settled = asking.finally(() => {
    done = true;
  });
  settled.catch(() => undefined);
  while (!done) await campus.clock.advanceAsync(50);
  return settled;
}

const alarms = async () =>
  (await boss('alarms.list')).alarms.map(({ kind, state, deviceId }) => [kind, state, deviceId]);

describe('the guard', () => {
  it('prints the badge of a visitor, in both languages, with the code that opens the lane', async () => {
    const guard = await campus.as('guard');
    const guest = await register(campus, await addType(campus, { approvals: [], escort: true }), {
      name: '李小明',
      department: '教务处 Registrar',
    });
    const asking = guard('visits.print-badge', {
      params: { id: guest.visitId },
      body: { deviceId: printerId },
    });
    expect(await within(asking)).toEqual({ outcome: 'printed', begun: true });
    const [page, ...more] = printed();
    expect(more).toEqual([]);
    const visit = await guard('visits.get', { params: { id: guest.visitId } });
    const lines = page?.lines ?? [];
    expect(lines.slice(0, 3)).toEqual(['Small School', ' 家长 Parent', '李小明']);
    expect(lines).toContain('访问 To see: 教务处 Registrar');
    expect(lines).toContain(`编号 Pass: ${visit.pass?.number}`);
    expect(lines).toContain('须有人陪同 Only with an escort');
    expect(lines.find((line) => line.startsWith('有效'))).toMatch(
      /^有效 Valid: 2026-09-02 \d\d:\d\d - \d\d:\d\d$/,
    );
    expect(lines.join('')).toContain('到集合点报到');
    expect(lines.join(' ')).toContain('go to the assembly point');
    const code = await readCode(page);
    expect(code).toBe(await codeOf(campus, guest));
    await campus.swipe(scanned(code));
    expect(await campus.events('passage.granted')).toHaveLength(1);
    expect(await campus.events('visit.badge-printed')).toMatchObject([
      { data: { visitId: guest.visitId, deviceId: printerId, printing: 'printed' } },
    ]);
  });

  it('is told that there is no paper, sees it as an alarm, and prints when there is', async () => {
    const guard = await campus.as('guard');
    const guest = await register(campus, await addType(campus, { approvals: [] }));
    const print = () =>
      within(guard('visits.print-badge', { params: { id: guest.visitId }, body: { deviceId: printerId } }));
    await set('paper-out');
    expect(await print()).toEqual({ outcome: 'paper-out', begun: false });
    const devices = await guard('devices.list');
    expect(devices.find(({ id }) => id === printerId)?.status).toMatchObject({ printer: 'paper-out' });
    expect(await alarms()).toEqual([['printer-stopped', 'active', printerId]]);
    // The same is told once, over a restart too.
    await campus.restart();
    boss = await campus.as('administrator');
    await set('paper-out');
    const said = async () =>
      (await campus.events('printer.stopped', 'printer.ready')).map(({ type }) => type);
    expect(await said()).toEqual(['printer.stopped']);
    // The cover is opened for the new roll, and the sensor sees the paper come and go.
    for (const condition of ['cover-open', 'ready', 'paper-out', 'ready'] as const) await set(condition);
    expect(await said()).toEqual(['printer.stopped']);
    await campus.clock.advanceAsync(10_000);
    await campus.app.campus.settled();
    expect(await said()).toEqual(['printer.stopped', 'printer.ready']);
    expect((await alarms()).every(([, state]) => state === 'cleared')).toBe(true);
    const again = await campus.as('guard');
    const asking = again('visits.print-badge', {
      params: { id: guest.visitId },
      body: { deviceId: printerId },
    });
    expect(await within(asking)).toEqual({ outcome: 'printed', begun: true });
    expect(printed()).toHaveLength(1);
    const told = await campus.events('visit.badge-printed');
    expect(told.map(({ data }) => (data as { printing: string }).printing)).toEqual(['paper-out', 'printed']);
  });

  it('prints none for who may not come in, and none at what is no printer', async () => {
    const guard = await campus.as('guard');
    const typeId = await addType(campus, { approvals: ['office'] });
    const waiting = await register(campus, typeId);
    const body = { deviceId: printerId };
    await expect(
      guard('visits.print-badge', { params: { id: waiting.visitId }, body }),
    ).rejects.toMatchObject({ problem: { code: 'conflict', why: 'visit.no-badge' } });
    const guest = await register(campus, await addType(campus, { approvals: [] }));
    const params = { id: guest.visitId };
    await expect(
      guard('visits.print-badge', { params, body: { deviceId: ids.relay } }),
    ).rejects.toMatchObject({ problem: { code: 'not-found', why: 'printer.gone' } });
    expect(printed()).toEqual([]);
  });

  it('prints no code that would be old before it is on paper', async () => {
    const guard = await campus.as('guard');
    const guest = await register(campus, await addType(campus, { approvals: [], liveCode: true }));
    const asking = guard('visits.print-badge', {
      params: { id: guest.visitId },
      body: { deviceId: printerId },
    });
    await within(asking);
    expect(printed()[0]?.pictures).toEqual([]);
    expect(printed()[0]?.lines.join(' ')).toContain('Show the code on');
  });
});

describe('a kiosk', () => {
  const key = '00000000-0000-4000-8000-000000000001';

  async function paired() {
    const { code, kiosk } = await boss('kiosks.add', { body: { name: 'Lobby', gateId: ids.gate } });
    const device = cookieClient(campus.url);
    await device.client('kiosk.pair', { body: { code } });
    const report = { printer: 'none', camera: 'ready', waiting: 0, version: '1' } as const;
    await device.client('kiosk.report', { body: report });
    return { id: kiosk.id, client: device.client };
  }

  it('prints at the printer that it was given, and shows how that is', async () => {
    const { id, client } = await paired();
    expect((await client('kiosk.print-badge', { params: { key } })).outcome).toBe('no-printer');
    const reason = 'a printer was bought';
    const change = { params: { id }, body: { printerId, reason } };
    expect(await boss('kiosks.change', change)).toMatchObject({ printerId, printer: 'ready' });
    expect(await campus.events('kiosk.changed')).toMatchObject([
      {
        note: reason,
        data: {
          kioskId: id,
          fields: ['printerId'],
          changes: { printerId: { from: null, to: printerId } },
        },
      },
    ]);
    const typeId = await addType(campus, { approvals: [] });
    await client('kiosk.register', { body: { key, typeId, name: 'Walk In' } });
    expect(await within(client('kiosk.print-badge', { params: { key } }))).toEqual({
      outcome: 'printed',
      begun: true,
    });
    expect(printed()[0]?.lines).toContain('Walk In');
    expect(await campus.events('visit.badge-printed')).toMatchObject([
      { actorId: id, data: { kioskId: id, deviceId: printerId } },
    ]);
    await set('cover-open');
    expect(await boss('kiosks.list')).toMatchObject([{ id, printerId, printer: 'fault' }]);
    const other = '00000000-0000-4000-8000-000000000002';
    await expect(client('kiosk.print-badge', { params: { key: other } })).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
  });

  it('keeps its printer from being removed, and lets it go when it is revoked', async () => {
    const { id } = await paired();
    const wrong = { params: { id }, body: { printerId: ids.relay, reason: 'a mistake' } };
    await expect(boss('kiosks.change', wrong)).rejects.toMatchObject({ problem: { why: 'choice.gone' } });
    await boss('kiosks.change', { params: { id }, body: { printerId, name: 'Hall', reason: 'moved' } });
    const remove = { params: { id: printerId }, body: { reason: 'broken' } };
    await expect(boss('devices.remove', remove)).rejects.toMatchObject({
      problem: { code: 'conflict', why: 'device.of-kiosk', params: { kiosk: 'Hall' } },
    });
    await boss('kiosks.revoke', { params: { id }, body: { reason: 'stolen' } });
    await boss('devices.remove', remove);
    expect((await boss('devices.list')).some((device) => device.id === printerId)).toBe(false);
  });
});

/** By another decoder than whoever drew it, from the dots that are on the paper. */
async function readCode(page: PrintedPage | undefined): Promise<string> {
  const [rows = []] = page?.pictures ?? [];
  const width = rows[0]?.length ?? 0;
  const data = new Uint8ClampedArray(rows.length * width * 4);
  for (const [at, black] of rows.flat().entries()) data.set([...Array(3).fill(black ? 0 : 255), 255], at * 4);
  const image = { width, height: rows.length, data, colorSpace: 'srgb' } as ImageData;
  const [found] = await readBarcodes(image, { formats: ['QRCode'], tryHarder: false });
  return found?.text ?? '';
}
