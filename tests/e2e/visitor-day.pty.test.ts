/**
 * A visitor's whole way: registered by hand at the kiosk's screen, agreed to by the host who was told, the code read off
 * that screen into a scanner on a pseudo-terminal, the lane open, the row on the live log, in and out again, and used.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { systemClock } from '../../hardware/index.ts';
import type { Clock } from '../../hardware/ports.ts';
import type { VisitNotice } from '../../server/contract/visits.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { connected, cookieHeader, disconnected, liveSocket } from '../live-socket.ts';
import { openPtyDevice, type PtyDevice, type PtyPair, ptyPair } from '../pty.ts';
import { ids } from '../small-school.ts';
import { nextEvent, untilState } from '../until.ts';
import { addType, scanned } from '../visits.ts';
import { type KioskPage, type Kiosks, openKiosks } from './kiosk-page.ts';
import { openVisitors, type Visitors } from './visitors.ts';

let line: PtyPair;
let scanner: PtyDevice;
let campus: TestCampus<Clock>;
let kiosks: Kiosks;
let visitors: Visitors;

beforeAll(async () => {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer } });
  line = await ptyPair();
  scanner = await openPtyDevice(line.devicePath);
  [campus, kiosks, visitors] = await Promise.all([
    startCampus({
      clock: systemClock,
      reader: { kind: 'serial', path: line.hostPath },
      // The same code comes twice, as fast as the test is: each time it counts.
      readerModel: { model: 'text-line', options: { holdMs: 0 } },
      readerOutModel: 'text-line',
      doors: false,
      pulseMs: 50,
    }),
    openKiosks(),
    openVisitors(),
  ]);
  await untilState(campus.app.campus.hardware, ids.readerIn, 'online');
});

afterAll(async () => {
  await kiosks?.close();
  await visitors?.close();
  await scanner?.close();
  await campus?.close();
  await line?.close();
});

async function registerByHand({ page, button, field, untilTitle }: KioskPage): Promise<void> {
  await button('start.register').tap();
  await untilTitle('type.title');
  await page.getByRole('button', { name: 'Caller' }).tap();
  await untilTitle('person.title');
  await page.keyboard.insertText('Zhao Test');
  await field('field.phone').tap();
  await page.keyboard.insertText('13900139000');
  await button('next').tap();
  await untilTitle('visit.title');
  await page.keyboard.insertText('Test');
  await page.getByRole('button', { name: 'Test host' }).tap();
  await button('next').tap();
  await untilTitle('confirm.title');
  await page.locator('.k-agree').tap();
  await button('confirm.send').tap();
}

async function codeOnScreen(page: Page, name: string): Promise<string> {
  const picture = page.getByRole('img', { name });
  await picture.waitFor();
  const [read] = await readBarcodes(await picture.screenshot(), { formats: ['QRCode'] });
  return read?.text ?? '';
}

async function scan(code: string): Promise<void> {
  const { hardware, swipesDone, settled } = campus.app.campus;
  const read = nextEvent(hardware, 'read');
  await scanner.write(Buffer.from(`${code}\r`));
  await read;
  await swipesDone();
  await settled();
}

it('from the kiosk through the lane, in and out, and no second time', async () => {
  await addType(campus, {
    names: { 'zh-CN': '访客', en: 'Caller' },
    fields: { phone: 'required', host: 'required' },
    approvals: ['host'],
    notice: 'Keep to the marked paths.',
  });
  const host = await campus.as('host');
  const guard = await campus.as('guard');
  const counts = async () => (await guard('visits.list', { query: {} })).counts;
  const socket = liveSocket(campus.url, cookieHeader(await campus.browserCookies('host')));
  const log = await visitors.visit(campus, '/', { as: 'guard' });
  try {
    const told = new Promise<VisitNotice>((resolve) => {
      socket.on('visits:news', (notice) => {
        if (notice.what === 'visit.added') resolve(notice);
      });
    });
    await connected(socket);
    await socket.emitWithAck('visits:watch');

    const kiosk = await kiosks.open(campus);
    await registerByHand(kiosk);
    const { visitId } = await told;
    expect(await counts()).toMatchObject({ waiting: 1, inside: 0 });
    await host('visits.approve', { params: { id: visitId }, body: {} });
    await kiosk.untilTitle('result.welcome-title', { name: 'Zhao Test' });
    const code = await codeOnScreen(kiosk.page, kiosk.text('result.qr'));

    await scan(code);
    const [granted] = await campus.events('passage.granted');
    expect(granted?.data).toMatchObject({ visitId, laneId: ids.lane, direction: 'in' });
    await log.getByText('Zhao Test').first().waitFor();
    expect(await counts()).toMatchObject({ waiting: 0, inside: 1 });

    await scan(code);
    const [refused] = await campus.events('passage.denied');
    expect(refused?.data).toMatchObject({ visitId, reason: 'pass-used' });

    await campus.swipe(scanned(code), ids.readerOut);
    await campus.app.campus.settled();
    expect(await counts()).toMatchObject({ inside: 0 });
    expect(await guard('visits.get', { params: { id: visitId } })).toMatchObject({ state: 'left' });
  } finally {
    socket.close();
    await disconnected(socket);
  }
});
