/**
 * One suite for OSDP buses: a simulated one on a clock set by hand, the same behind a TCP port in real time, and a real
 * one when XIAOMEN_TEST_OSDP names its serial path or host:port. Beside it: _OSDP_ADDRESS (0 when absent), _OSDP_BAUD
 * (9600), and _OSDP_KEY, the reader's key as 32 hexadecimal digits. A real reader wants a card held to it within 20 s.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tcpLine } from '../tests/osdp-line.ts';
import { nextEvent } from '../tests/until.ts';
import { systemClock } from './clock.ts';
import { osdpKey } from './codec/osdp/key.ts';
import { openHardware } from './index.ts';
import { memoryKeys } from './memory-keys.ts';
import { busId, cardOf, keyOf, watchedBench } from './osdp-bench-helper.ts';
import type { DeviceAddress, Hardware, HardwareEvents } from './ports.ts';
import { simOsdpBus } from './sim/osdp/bus.ts';
import { newPd } from './sim/osdp/pd-state.ts';

interface Target {
  hardware: Hardware;
  reader: number;
  keyed: boolean;
  /** Holds a card to it; absent, a person does. */
  present?(): void;
  /** Lets time pass where it does not pass by itself, until it is settled. */
  passing<T>(work: Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const cardMs = 20_000;
const simulatedName = 'a simulated bus';

function suite(name: string, open: () => Promise<Target>): void {
  describe(name, () => {
    let target: Target;
    beforeAll(async () => {
      target = await open();
    });
    afterAll(() => target.close());

    const next = <K extends keyof HardwareEvents>(event: K, fits?: (payload: HardwareEvents[K]) => boolean) =>
      target.passing(nextEvent(target.hardware, event, fits));
    const status = () => {
      const bus = target.hardware.statuses().find(({ deviceId }) => deviceId === busId);
      const found = bus?.readers?.find(({ reader }) => reader === target.reader);
      if (!found) throw new Error('the reader is configured');
      return found;
    };

    it('comes online, in secure channel where it has a key, and says who and how it is', async () => {
      const isReady = () => {
        const { state, secure, identity, abilities, tamper } = status();
        return state === 'online' && secure === target.keyed && identity && abilities && tamper !== undefined;
      };
      if (!isReady()) await next('reader-status', () => isReady() === true);
      expect(status()).toMatchObject({ state: 'online', secure: target.keyed });
      expect(target.hardware.statuses()[0]).toMatchObject({ state: 'online' });
    }, 30_000);

    it('shows the result of a card', async () => {
      const shown = target.hardware.osdp(busId)?.show(target.reader, {
        light: { colour: 'green', ms: 500 },
        sound: { beeps: 1, onMs: 100, offMs: 100 },
      });
      expect(await target.passing(shown ?? Promise.reject(new Error('an OSDP bus is configured')))).toEqual({
        outcome: 'shown',
      });
    }, 30_000);

    it('pulses each of its outputs', async () => {
      const { outputs = 0 } = status().abilities ?? {};
      for (let channel = 1; channel <= outputs; channel += 1) {
        const output = { deviceId: busId, reader: target.reader, channel };
        const { outcome } = await target.passing(target.hardware.pulse(output, 300));
        expect(['confirmed', 'sent']).toContain(outcome);
      }
    }, 30_000);

    it(
      'reads a card',
      async () => {
        const read = nextEvent(target.hardware, 'read', ({ reader }) => reader === target.reader);
        target.present?.();
        expect((await target.passing(read)).credential).not.toHaveProperty('malformed');
      },
      cardMs,
    );

    if (name !== simulatedName) return;
    it('has made no error', () => {
      expect(status().errorsPerHour).toBe(0);
    });
  });
}

suite(simulatedName, async () => {
  const { hardware, bus, clock } = await watchedBench({
    pds: [{}],
    keyed: true,
    wireTime: true,
  });
  return {
    hardware,
    reader: 0,
    keyed: true,
    present: () => bus.change(0, cardOf(1)),
    async passing(work) {
      let done = false;
      const ended = () => {
        done = true;
      };
      work.then(ended, ended);
      for (let step = 0; step < 1_000 && !done; step += 1) await clock.advanceAsync(10);
      return work;
    },
    async close() {
      const closed = hardware.close();
      await clock.advanceAsync(1_000);
      await closed;
    },
  };
});

/** In real time, at an address outside this process's memory. */
async function outside(
  address: DeviceAddress,
  reader: number,
  baudRate: number,
  key?: Uint8Array,
): Promise<Target> {
  const osdpKeys = memoryKeys();
  if (key) await osdpKeys.put({ deviceId: busId, reader }, { current: key });
  const hardware = openHardware({ clock: systemClock, random: Math.random, osdpKeys });
  const readers = [{ address: reader }];
  await hardware.configure([{ id: busId, model: 'osdp-bus', address, options: { baudRate }, readers }]);
  return {
    hardware,
    reader,
    keyed: key !== undefined,
    passing: (work) => work,
    close: () => hardware.close(),
  };
}

suite('a bus behind a TCP port', async () => {
  const bus = simOsdpBus({ clock: systemClock, random: Math.random }, [newPd({ key: osdpKey(keyOf(0)) })]);
  const line = await tcpLine(bus);
  const target = await outside(addressOf(line.path), 0, 9_600, keyOf(0));
  return {
    ...target,
    present: () => bus.change(0, cardOf(1)),
    async close() {
      await target.close();
      await line.close();
    },
  };
});

/** A path, or `host:port`. */
function addressOf(text: string): DeviceAddress {
  const [, host, port] = /^([^/\\]+):(\d+)$/.exec(text) ?? [];
  return host && port ? { kind: 'tcp', host, port: Number(port) } : { kind: 'serial', path: text };
}

const {
  XIAOMEN_TEST_OSDP: named,
  XIAOMEN_TEST_OSDP_ADDRESS: reader = '0',
  XIAOMEN_TEST_OSDP_BAUD: baudRate = '9600',
  XIAOMEN_TEST_OSDP_KEY: key,
} = process.env;
if (named) {
  const bytes = key ? new Uint8Array(Buffer.from(key, 'hex')) : undefined;
  suite(`the real bus at ${named}`, () => outside(addressOf(named), Number(reader), Number(baudRate), bytes));
}

it('takes a path or host:port from the environment', () => {
  expect(addressOf('/dev/ttyUSB0')).toEqual({ kind: 'serial', path: '/dev/ttyUSB0' });
  expect(addressOf('COM3')).toEqual({ kind: 'serial', path: 'COM3' });
  expect(addressOf('bus.example:4001')).toEqual({ kind: 'tcp', host: 'bus.example', port: 4001 });
});
