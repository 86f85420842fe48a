/**
 * One suite for every device model: on simulated devices always, on real ones when environment variables name
 * their paths (see conformance-helper.ts). A real relay clicks; a real printer prints a page; a real reader wants a card,
 * or an identity document, within 20 s.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { nextEvent, untilState } from '../tests/until.ts';
import { catalog, type DeviceModel } from './catalog.ts';
import { systemClock } from './clock.ts';
import { namedDevices, readable, samples } from './conformance-helper.ts';
import { openHardware } from './index.ts';
import type { Hardware, Read, Rudeness, SimulatedDevice } from './ports.ts';
import { type ManualClock, manualClock, settle } from './sim/manual-clock.ts';

const opened: Hardware[] = [];

afterEach(async () => {
  for (const hardware of opened.splice(0)) await hardware.close();
});

interface Bench {
  hardware: Hardware;
  clock: ManualClock;
  device: SimulatedDevice;
  reads: Read[];
  changes: string[];
  status(): ReturnType<Hardware['statuses']>[number];
}

async function bench(model: DeviceModel, rudeness: Partial<Rudeness> = {}): Promise<Bench> {
  const clock = manualClock();
  const hardware = openHardware({ clock, random: () => 0.5 });
  opened.push(hardware);
  const reads: Read[] = [];
  hardware.on('read', (read) => reads.push(read));
  const changes: string[] = [];
  hardware.on('input', ({ input, active }) => changes.push(`${input}${active ? '+' : '-'}`));
  await hardware.configure([{ id: 'it', model: model.id, address: { kind: 'sim' } }]);
  const device = hardware.simulated('it');
  if (!device) throw new Error('a sim address has a simulated device');
  device.misbehave(rudeness);
  // One that is asked first, on a line that takes its time, is online a little later.
  if (model.kind === 'document-reader' || model.kind === 'printer') await clock.advanceAsync(20);
  await settle();
  const status = () => {
    const [first] = hardware.statuses();
    if (!first) throw new Error('one device is configured');
    return first;
  };
  return { hardware, clock, device, reads, changes, status };
}

async function present({ device, clock }: Bench, model: DeviceModel, afterMs = 150): Promise<void> {
  device.present?.(readable(model).shown);
  await clock.advanceAsync(afterMs);
}

const simulated = catalog.filter((model) => model.addresses.includes('sim'));

describe.each(simulated)('simulated $id', (model) => {
  it('comes online, goes offline with the cable, and comes back', async () => {
    const it = await bench(model);
    expect(it.status()).toMatchObject({ state: 'online' });
    it.device.misbehave({ unplugged: true });
    await settle();
    expect(it.status()).toMatchObject({ state: 'offline', fault: { code: 'unplugged' } });
    await it.clock.advanceAsync(10_000);
    expect(it.status()).toMatchObject({ state: 'offline', fault: { code: 'not-found' } });
    it.device.misbehave({ unplugged: false });
    await it.clock.advanceAsync(6_000);
    expect(it.status().state).toBe('online');
  });

  it.each(['permission', 'busy'] as const)('says %s when it may not be opened', async (refuse) => {
    const it = await bench(model);
    it.device.misbehave({ unplugged: true, refuse });
    it.device.misbehave({ unplugged: false });
    await it.clock.advanceAsync(1_000);
    expect(it.status()).toMatchObject({ state: 'offline', fault: { code: refuse } });
    it.device.misbehave({ refuse: undefined });
    await it.clock.advanceAsync(6_000);
    expect(it.status().state).toBe('online');
  });
});

/** Those on a bus speak when they are asked, and have a suite of their own. */
const talking = simulated.filter(({ kind, driver }) => kind === 'reader' && driver !== 'osdp');

describe.each(talking)('simulated reader $id', (model) => {
  const { read, form } = readable(model);

  it('reads without waiting for any timer', async () => {
    const it = await bench(model);
    it.device.present?.(readable(model).shown);
    await settle();
    expect(it.reads).toEqual([
      { deviceId: 'it', reader: 0, at: it.clock.now(), credential: read, ...(form ? { form } : {}) },
    ]);
    expect(it.status()).toMatchObject({ frames: 1, frameErrors: 0, lastFrameAt: it.clock.now() });
  });

  it('reads a held card once, and again when it comes back', async () => {
    const it = await bench(model);
    for (let repeat = 0; repeat < 20; repeat += 1) await present(it, model, 65);
    expect(it.reads.length).toBe(1);
    await it.clock.advanceAsync(2_000);
    await present(it, model);
    expect(it.reads.length).toBe(2);
  });

  it('reads frames in pieces', async () => {
    const it = await bench(model, { splitInto: 1 });
    await present(it, model);
    expect(it.reads.map(({ credential }) => credential)).toEqual([read]);
  });

  it('counts a damaged frame, reads nothing from it, and reads the next one', async () => {
    const it = await bench(model, { badChecksum: true });
    await present(it, model);
    expect(it.reads).toEqual([]);
    expect(it.status().frameErrors).toBeGreaterThan(0);
    it.device.misbehave({ badChecksum: false });
    await present(it, model);
    expect(it.reads.map(({ credential }) => credential)).toEqual([read]);
  });

  it('survives noise, and reads on behind it', async () => {
    const it = await bench(model, { noiseBytes: 7 });
    await present(it, model);
    it.device.misbehave({ noiseBytes: 0 });
    await it.clock.advanceAsync(2_000);
    it.reads.length = 0;
    await present(it, model);
    expect(it.reads.map(({ credential }) => credential)).toEqual([read]);
  });

  it('reads late frames late, and lost ones not at all', async () => {
    const it = await bench(model, { lateMs: 400, lose: 1 });
    await present(it, model, 1_000);
    expect(it.reads).toEqual([]);
    it.device.present?.(readable(model).shown);
    await it.clock.advanceAsync(399);
    expect(it.reads).toEqual([]);
    await it.clock.advanceAsync(1);
    expect(it.reads.length).toBe(1);
  });

  it('refuses to present what it can not send', async () => {
    const it = await bench(model);
    expect(() => it.device.present?.({ technology: 'wiegand', bits: 26, value: '2000001' })).toThrow(
      /can't read/,
    );
  });
});

describe.each(simulated.filter(({ kind }) => kind === 'relay'))('simulated relay board $id', (model) => {
  const good = model.confirms ? 'confirmed' : 'sent';
  const output = { deviceId: 'it', channel: model.channels };

  it('pulses each channel, and nothing else', async () => {
    const it = await bench(model);
    const moves: string[] = [];
    it.device.onChannel?.((channel, on) => moves.push(`${channel}${on ? '+' : '-'}@${it.clock.monotonic()}`));
    for (let channel = 1; channel <= model.channels; channel += 1) {
      expect(await it.hardware.pulse({ deviceId: 'it', channel }, 500)).toEqual({ outcome: good });
    }
    await it.clock.advanceAsync(500);
    const channels = Array.from({ length: model.channels }, (_, index) => index + 1);
    expect(moves).toEqual([...channels.map((at) => `${at}+@0`), ...channels.map((at) => `${at}-@500`)]);
    expect(it.status()).toMatchObject({ readsBack: model.confirms, channels: channels.map(() => false) });
  });

  it('says unknown when the answer is lost, and does not open twice', async () => {
    const it = await bench(model);
    const moves: boolean[] = [];
    it.device.onChannel?.((_, on) => moves.push(on));
    it.device.misbehave({ lose: 1 });
    const result = it.hardware.pulse(output, 500);
    await it.clock.advanceAsync(3_000);
    // A board that never answers loses the command itself, and nobody can tell.
    expect(await result).toMatchObject({ outcome: model.confirms ? 'unknown' : 'sent' });
    expect(moves).toEqual(model.confirms ? [true, false] : []);
  });

  it('switches off after the link is back, when it was lost during a pulse', async () => {
    const it = await bench(model);
    const stuck: string[] = [];
    it.hardware.on('relay-stuck', ({ detail }) => stuck.push(detail));
    expect(await it.hardware.pulse(output, 500)).toEqual({ outcome: good });
    it.device.misbehave({ unplugged: true });
    expect(await it.hardware.pulse(output, 500)).toMatchObject({ outcome: 'fault' });
    await it.clock.advanceAsync(3_000);
    expect(stuck.length).toBe(1);
    expect(it.device.channels?.()[model.channels - 1]).toBe(true);
    it.device.misbehave({ unplugged: false });
    await it.clock.advanceAsync(6_000);
    expect(it.device.channels?.()).toEqual(Array.from({ length: model.channels }, () => false));
  });

  it('is off when the hardware is closed', async () => {
    const it = await bench(model);
    await it.hardware.hold(output, true);
    expect(it.device.channels?.()[model.channels - 1]).toBe(true);
    await it.hardware.close();
    expect(it.device.channels?.()[model.channels - 1]).toBe(false);
  });
});

describe.each(simulated.filter(({ kind }) => kind === 'inputs'))('simulated inputs $id', (model) => {
  it('tells all inputs at first, and then each change, also one behind a pulled cable', async () => {
    const it = await bench(model, {});
    expect(it.changes).toEqual(['0-', '1-', '2-', '3-']);
    it.changes.length = 0;
    it.device.setInput?.(1, true);
    await settle();
    it.device.misbehave({ unplugged: true });
    it.device.setInput?.(1, false);
    it.device.setInput?.(3, true);
    it.device.misbehave({ unplugged: false });
    await it.clock.advanceAsync(6_000);
    expect(it.changes).toEqual(['1+', '1-', '3+']);
  });

  it('asks again when an answer is lost', async () => {
    const it = await bench(model);
    it.device.misbehave({ unplugged: true });
    it.device.misbehave({ unplugged: false, lose: 2 });
    await it.clock.advanceAsync(2_000);
    expect(it.status().state).toBe('online');
  });
});

describe.each(simulated.filter(({ kind }) => kind === 'document-reader'))('simulated $id', (model) => {
  it.each<Partial<Rudeness>>([{}, { splitInto: 1 }, { noiseBytes: 7 }, { lateMs: 50 }])(
    'tells a card within a second, once, and again when it comes back: %j',
    async (rudeness) => {
      const it = await bench(model, rudeness);
      const told: unknown[] = [];
      it.hardware.on('document', (read) => told.push(read));
      for (let round = 1; round <= 2; round += 1) {
        it.device.layCard?.(samples.card);
        await it.clock.advanceAsync(1_000);
        expect(told.length).toBe(round);
        await it.clock.advanceAsync(10_000);
        it.device.takeCard?.();
        await it.clock.advanceAsync(1_000);
      }
      expect(told).toMatchObject([1, 2].map(() => ({ deviceId: 'it', document: samples.card })));
      expect(it.reads).toEqual([]);
    },
  );
});

describe.each(simulated.filter(({ kind }) => kind === 'printer'))('simulated $id', (model) => {
  it.each<Partial<Rudeness>>([{}, { splitInto: 1 }, { lateMs: 50 }])(
    'prints a page once, says so, and says why it prints none: %j',
    async (rudeness) => {
      const it = await bench(model, rudeness);
      const print = async () => {
        const result = it.hardware.print('it', samples.page);
        await it.clock.advanceAsync(5_000);
        return result;
      };
      expect(await print()).toEqual({ outcome: 'printed', begun: true });
      it.device.setPrinter?.('paper-out');
      expect(await print()).toEqual({ outcome: 'paper-out', begun: false });
      it.device.setPrinter?.('ready');
      expect(await print()).toEqual({ outcome: 'printed', begun: true });
      expect(it.device.printed?.().map(({ lines }) => lines)).toEqual(Array(2).fill(['测试 Test']));
    },
  );
});

describe.each(namedDevices(process.env))('real device $row.id ($variable)', ({ row }) => {
  const model = catalog.find(({ id }) => id === row.model);

  it('comes online and does its work', async () => {
    const hardware = openHardware({ clock: systemClock, random: Math.random });
    opened.push(hardware);
    await hardware.configure([row]);
    await untilState(hardware, row.id, 'online');
    if (model?.kind === 'document-reader') {
      const { document } = await nextEvent(hardware, 'document');
      // Whose it is stays out of the result.
      expect('kind' in document).toBe(true);
      return;
    }
    if (model?.kind === 'printer') {
      expect(await hardware.print(row.id, samples.page)).toEqual({ outcome: 'printed', begun: true });
      return;
    }
    if (model?.kind === 'reader') {
      const read = await nextEvent(hardware, 'read');
      expect(read.credential).not.toHaveProperty('malformed');
      return;
    }
    for (let channel = 1; channel <= (model?.channels ?? 0); channel += 1) {
      const { outcome } = await hardware.pulse({ deviceId: row.id, channel }, 200);
      expect(outcome).toBe(model?.confirms ? 'confirmed' : 'sent');
    }
  }, 30_000);
});

describe('namedDevices', () => {
  it('takes paths from the environment', () => {
    expect(namedDevices({ XIAOMEN_TEST_LCUS: '/dev/ttyUSB0', XIAOMEN_TEST_HID_POS: '' })).toEqual([
      {
        variable: 'XIAOMEN_TEST_LCUS',
        row: { id: 'lcus-1', model: 'lcus-1', address: { kind: 'serial', path: '/dev/ttyUSB0' } },
      },
    ]);
    expect(samples.tag.value.slice(2)).toBe(samples.low32.value);
  });
});
