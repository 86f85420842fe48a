/** A badge over the real `serialport`: its bytes on a pseudo-terminal, a roll that ends, a cable that is pulled. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type PrinterCommand, printerDecoder } from '../hardware/codec/escpos/printer-side.ts';
import { encodeMark, encodeStatus } from '../hardware/codec/escpos/status.ts';
import { systemClock } from '../hardware/index.ts';
import { serialOpener } from '../hardware/link/serial.ts';
import type { PrinterCondition } from '../hardware/paper.ts';
import type { ByteLink, Clock } from '../hardware/ports.ts';
import type { Client } from '../server/contract/client.ts';
import { startCampus, type TestCampus } from './harness.ts';
import { type PtyPair, ptyPair } from './pty.ts';
import { nextEvent, untilState } from './until.ts';
import { addType, register } from './visits.ts';

let cable: PtyPair;
let campus: TestCampus<Clock>;
let boss: Client;
let link: ByteLink | undefined;
let condition: PrinterCondition = 'ready';
let pages: PrinterCommand[][] = [];

/** The printer at the other end: it answers, and prints while it has paper. */
async function plugIn(): Promise<void> {
  link = await serialOpener().open({ kind: 'serial', path: cable.devicePath }, undefined, 'printer');
  const decoder = printerDecoder();
  let page: PrinterCommand[] = [];
  const say = (byte: number) => void link?.write(Uint8Array.of(byte)).catch(() => undefined);
  link.onData((bytes) => {
    for (const item of decoder.push(bytes)) {
      if (!item.ok) continue;
      const { frame } = item;
      if (frame.command === 'status') say(encodeStatus(condition, frame.question));
      else if (frame.command === 'mark') say(encodeMark(condition));
      else page.push(frame);
      if (frame.command === 'cut') {
        pages.push(page);
        page = [];
      }
    }
  });
}

beforeAll(async () => {
  cable = await ptyPair();
  await plugIn();
  campus = await startCampus({ clock: systemClock, doors: false });
  boss = await campus.as('administrator');
});

afterAll(async () => {
  await link?.close();
  await campus?.close();
  await cable?.close();
});

it('prints, is told that the paper has ended, and goes on behind a pulled cable', async () => {
  const { hardware } = campus.app.campus;
  const { id: deviceId } = await boss('devices.add', {
    body: {
      name: 'Badges',
      model: 'escpos',
      address: { kind: 'serial', path: cable.hostPath },
      options: { baudRate: 115200, paper: 58 },
    },
  });
  await untilState(hardware, deviceId, 'online');
  const guest = await register(campus, await addType(campus, { approvals: [] }), { name: '欧阳小明' });
  const guard = await campus.as('guard');
  const print = () => guard('visits.print-badge', { params: { id: guest.visitId }, body: { deviceId } });

  expect(await print()).toEqual({ outcome: 'printed', begun: true });
  const [first = []] = pages;
  expect(first.slice(0, 2).map(({ command }) => command)).toEqual(['reset', 'chinese']);
  expect(first).toContainEqual({ command: 'line', text: '欧阳小明' });
  expect(first.some(({ command }) => command === 'picture')).toBe(true);

  const ended = nextEvent(hardware, 'printer', (told) => told.condition === 'paper-out');
  condition = 'paper-out';
  await ended;
  expect(await print()).toEqual({ outcome: 'paper-out', begun: false });
  const [device] = (await guard('devices.list')).filter(({ id }) => id === deviceId);
  expect(device?.status).toMatchObject({ state: 'online', printer: 'paper-out' });

  const offline = nextEvent(hardware, 'status', ({ state }) => state === 'offline');
  await cable.pull();
  await offline;
  await link?.close();
  expect(await print()).toEqual({ outcome: 'offline', begun: false });

  const online = nextEvent(hardware, 'status', ({ state }) => state === 'online');
  condition = 'ready';
  await cable.plug();
  await plugIn();
  await online;
  pages = [];
  expect(await print()).toEqual({ outcome: 'printed', begun: true });
  expect(pages).toHaveLength(1);
  await campus.app.campus.settled();
  const events = await campus.events('printer.stopped', 'device.offline', 'device.online');
  expect(events.map(({ type }) => type).toSorted()).toEqual([
    'device.offline',
    'device.online',
    'printer.stopped',
  ]);
});
