/** Devices of one kind without serial numbers, from the scan to the next start: never one for the other. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeKeystrokes } from '../hardware/codec/hid-keyboard.ts';
import { encodeRdm6300 } from '../hardware/codec/rdm6300.ts';
import { required } from '../hardware/codec/required.ts';
import { parseCredentialKey } from '../hardware/credential.ts';
import type { Read } from '../hardware/ports.ts';
import type { Client } from '../server/contract/client.ts';
import { startCampus, type TestCampus } from './harness.ts';
import { cards } from './small-school.ts';
import { ch340, type UsbBench, type UsbThing, usbBench, wedge } from './usb-bench.ts';

let bench: UsbBench;
let campus: TestCampus;
let client: Client;

beforeEach(async () => {
  bench = usbBench();
  campus = await startCampus({ openers: bench.openers });
  client = await campus.as('administrator');
});
afterEach(() => campus.close());

const relayOn = [0xa0, 0x01, 0x01, 0xa2];

/** As the screen does: the address as the scan gives it, of the row at this path. */
async function addFound(path: string, model: string): Promise<string> {
  const { found } = await client('devices.scan');
  const row = required(found.find((each) => each.path === path));
  expect(row.deviceId).toBeUndefined();
  expect(row.models).toContain(model);
  const { id } = await client('devices.add', { body: { name: path, model, address: row.address } });
  await campus.clock.advanceAsync(1_000);
  return id;
}

const known = async () => (await client('devices.scan')).found.map(({ path, deviceId }) => [path, deviceId]);
const statusOf = async (id: string) =>
  required((await client('devices.list')).find((each) => each.id === id)?.status);

/** Which device reads the card that is held to this thing. */
async function readAt(thing: UsbThing): Promise<string[]> {
  const reads: Read[] = [];
  const cancel = campus.app.campus.hardware.on('read', (read) => reads.push(read));
  await campus.clock.advanceAsync(5_000);
  const messages = thing.hidUsage
    ? required(encodeKeystrokes('0005076483'))
    : [required(encodeRdm6300(required(parseCredentialKey(cards.unknown)), 'rdm6300'))];
  for (const message of messages) thing.end?.send(message);
  await campus.clock.advanceAsync(100);
  cancel();
  return reads.map(({ deviceId }) => deviceId);
}

describe('a reader and a relay board behind bridges that look the same', () => {
  it('are both set up from the scan, and stay what they are', async () => {
    const [reader, board] = [ch340(), ch340()];
    bench.plug(reader, '2');
    bench.plug(board, '3.1');
    const readerId = await addFound('/dev/ttyUSB0', 'rdm6300');
    expect(await known()).toEqual([
      ['/dev/ttyUSB0', readerId],
      ['/dev/ttyUSB1', undefined],
    ]);
    const boardId = await addFound('/dev/ttyUSB1', 'lcus-1');
    expect(await known()).toEqual([
      ['/dev/ttyUSB0', readerId],
      ['/dev/ttyUSB1', boardId],
    ]);

    async function works(): Promise<void> {
      for (const id of [readerId, boardId]) expect(await statusOf(id)).toMatchObject({ state: 'online' });
      expect(await readAt(reader)).toEqual([readerId]);
      board.written.length = 0;
      await campus.app.campus.hardware.pulse({ deviceId: boardId, channel: 1 }, 500);
      expect(board.written).toEqual(relayOn);
      await campus.clock.advanceAsync(1_000);
      expect(reader.written).toEqual([]);
    }
    await works();

    // The cables are pulled, and come back in the other order: the paths have swapped.
    for (const thing of [reader, board]) bench.unplug(thing);
    await campus.clock.advanceAsync(10_000);
    expect(await statusOf(readerId)).toMatchObject({ state: 'offline', fault: { code: 'not-found' } });
    bench.plug(board, '3.1');
    await campus.clock.advanceAsync(10_000);
    expect(await statusOf(boardId)).toMatchObject({ state: 'online' });
    expect(await statusOf(readerId)).toMatchObject({
      state: 'offline',
      fault: { code: 'not-found', detail: expect.stringContaining('/dev/ttyUSB0 at 3.1 is of its kind') },
    });
    bench.plug(reader, '2');
    await campus.clock.advanceAsync(10_000);
    expect(await known()).toEqual([
      ['/dev/ttyUSB0', boardId],
      ['/dev/ttyUSB1', readerId],
    ]);
    await works();

    // And after a start of the server.
    await campus.restart();
    client = await campus.as('administrator');
    await campus.clock.advanceAsync(10_000);
    await works();
  });

  it('are offline at another socket, until somebody says where they are', async () => {
    const board = ch340();
    bench.plug(board, '2');
    const boardId = await addFound('/dev/ttyUSB0', 'lcus-1');
    bench.unplug(board);
    bench.plug(board, '4');
    await campus.clock.advanceAsync(10_000);
    expect(await statusOf(boardId)).toMatchObject({ state: 'offline', fault: { code: 'not-found' } });
    const { found } = await client('devices.scan');
    const { address, deviceId } = required(found[0]);
    expect(deviceId).toBeUndefined();
    await client('devices.change', { params: { id: boardId }, body: { address, reason: 'moved' } });
    await campus.clock.advanceAsync(1_000);
    expect(await statusOf(boardId)).toMatchObject({ state: 'online' });
  });

  it('are told to be several where an address names their kind alone', async () => {
    const [one, other] = [ch340(), ch340()];
    bench.plug(one, '2');
    const usb = { vendorId: 0x1a86, productId: 0x7523 };
    const body = { name: 'Board', model: 'lcus-1', address: { kind: 'serial', usb } } as const;
    const { id } = await client('devices.add', { body });
    await campus.clock.advanceAsync(1_000);
    expect(await statusOf(id)).toMatchObject({ state: 'online' });
    bench.plug(other, '3');
    bench.unplug(one);
    bench.plug(one, '2');
    await campus.clock.advanceAsync(10_000);
    expect(await statusOf(id)).toMatchObject({ state: 'offline', fault: { code: 'ambiguous' } });
    // Both are what it may be, so neither can be set up beside it; it can be told which one it is.
    const { found } = await client('devices.scan');
    expect(found.map(({ deviceId }) => deviceId)).toEqual([id, id]);
    const [first, second] = found.map(({ address }) => address);
    await expect(client('devices.add', { body: { ...body, address: required(second) } })).rejects.toThrow(
      'already set up as "Board"',
    );
    await client('devices.change', {
      params: { id },
      body: { address: required(first), reason: 'told apart' },
    });
    await client('devices.add', { body: { ...body, address: required(second) } });
    await campus.clock.advanceAsync(5_000);
    expect(
      (await client('devices.list'))
        .filter(({ model }) => model === 'lcus-1')
        .map(({ status }) => status?.state),
    ).toEqual(['online', 'online', 'online']);
  });
});

it('two readers that type keep their sides of the lane', async () => {
  const [inside, outside] = [wedge(), wedge()];
  bench.plug(inside, '1.1');
  bench.plug(outside, '1.2');
  const insideId = await addFound('/dev/hidraw0', 'hid-keyboard');
  const outsideId = await addFound('/dev/hidraw1', 'hid-keyboard');
  expect(await readAt(inside)).toEqual([insideId]);
  for (const thing of [inside, outside]) bench.unplug(thing);
  bench.plug(outside, '1.2');
  bench.plug(inside, '1.1');
  await campus.clock.advanceAsync(10_000);
  expect(await known()).toEqual([
    ['/dev/hidraw0', outsideId],
    ['/dev/hidraw1', insideId],
  ]);
  expect(await readAt(inside)).toEqual([insideId]);
  expect(await readAt(outside)).toEqual([outsideId]);
});
