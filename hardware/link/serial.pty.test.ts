import { afterEach, describe, expect, it } from 'vitest';
import { openPtyDevice, type PtyPair, ptyPair } from '../../tests/pty.ts';
import { nextEvent, untilState } from '../../tests/until.ts';
import { systemClock } from '../clock.ts';
import { encodeCardData } from '../codec/sam-v/card-data.ts';
import { commandDecoder, encodeReply } from '../codec/sam-v/frame.ts';
import { samQuestions, samStatus } from '../codec/sam-v/question.ts';
import { residentSample } from '../codec/sam-v/samples-helper.ts';
import { encodeTextBlock } from '../codec/sam-v/text-block.ts';
import { openHardware } from '../index.ts';
import type { Hardware } from '../ports.ts';
import { serialOpener } from './serial.ts';

// Tag 0A004D7603 with its checksum, as recorded from an RDM6300.
const frame = Buffer.from('\x020A004D760332\x03', 'latin1');
const tag = { technology: 'em4100', bits: 40, value: '0A004D7603' };

const on = Uint8Array.of(0xa0, 0x01, 0x01, 0xa2);
const off = Uint8Array.of(0xa0, 0x01, 0x00, 0xa1);

const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  // Last opened, first closed: the hardware lets go of a port before its cable goes.
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

async function pair(): Promise<PtyPair> {
  const made = await ptyPair();
  opened.push(made);
  return made;
}

function hardware(): Hardware {
  const made = openHardware({ clock: systemClock, random: Math.random });
  opened.push(made);
  return made;
}

async function device(path: string) {
  const made = await openPtyDevice(path);
  opened.push(made);
  return made;
}

const row = (model: string, path: string) => ({
  id: model,
  model,
  address: { kind: 'serial' as const, path },
});

describe('real serialport over a pseudo-terminal', () => {
  it('reads a card from RDM6300 bytes', async () => {
    const cable = await pair();
    const field = await device(cable.devicePath);
    const system = hardware();
    await system.configure([row('rdm6300', cable.hostPath)]);
    await untilState(system, 'rdm6300', 'online');
    const read = nextEvent(system, 'read');
    await field.write(frame);
    expect(await read).toMatchObject({ deviceId: 'rdm6300', reader: 0, credential: tag, form: '10H' });
  });

  it('pulses an LCUS-1 relay, after all off', async () => {
    const cable = await pair();
    const board = await device(cable.devicePath);
    const system = hardware();
    await system.configure([row('lcus-1', cable.hostPath)]);
    expect(await board.read(4)).toEqual(off);
    await untilState(system, 'lcus-1', 'online');
    const result = system.pulse({ deviceId: 'lcus-1', channel: 1 }, 50);
    expect(await board.read(4)).toEqual(on);
    expect(await result).toEqual({ outcome: 'sent' });
    expect(await board.read(4)).toEqual(off);
  });

  it('reads a resident ID card from the 1295 bytes of its reader', async () => {
    const cable = await pair();
    const module = await serialOpener().open({ kind: 'serial', path: cable.devicePath }, undefined, 'module');
    opened.push(module);
    const ear = commandDecoder();
    const replies: Record<number, Uint8Array> = {
      [samQuestions.status.code]: encodeReply({ status: samStatus.done, data: new Uint8Array(0) }),
      [samQuestions.find.code]: encodeReply({ status: samStatus.found, data: new Uint8Array(4) }),
      [samQuestions.select.code]: encodeReply({ status: samStatus.done, data: new Uint8Array(8) }),
      [samQuestions.read.code]: encodeReply({
        status: samStatus.done,
        data: encodeCardData(encodeTextBlock(residentSample)),
      }),
    };
    module.onData((bytes) => {
      for (const item of ear.push(bytes)) {
        const reply = item.ok ? replies[item.frame.code] : undefined;
        // The cable may be gone when the test is over.
        if (reply) module.write(reply).catch(() => undefined);
      }
    });
    const system = hardware();
    const told = nextEvent(system, 'document');
    await system.configure([row('sam-v', cable.hostPath)]);
    expect(await told).toMatchObject({ deviceId: 'sam-v', document: residentSample });
  });

  it('is offline within 2 s of a pulled cable, and online again on the same path', async () => {
    const cable = await pair();
    const first = await device(cable.devicePath);
    const system = hardware();
    await system.configure([row('rdm6300', cable.hostPath)]);
    await untilState(system, 'rdm6300', 'online');

    const offline = nextEvent(system, 'status', ({ state }) => state === 'offline');
    const pulled = performance.now();
    await cable.pull();
    const status = await offline;
    expect(performance.now() - pulled).toBeLessThan(2_000);
    expect(status.fault?.code).toBe('unplugged');
    expect(status.fault?.detail).toContain(cable.hostPath);
    await first.close();

    const online = nextEvent(system, 'status', ({ state }) => state === 'online');
    await cable.plug();
    await online;
    const field = await device(cable.devicePath);
    const read = nextEvent(system, 'read');
    await field.write(frame);
    expect((await read).credential).toEqual(tag);
  });

  it('notices the hang-up at both ends, every time', async () => {
    const cable = await pair();
    for (let round = 0; round < 5; round += 1) {
      if (round > 0) await cable.plug();
      const links = await Promise.all(
        [cable.hostPath, cable.devicePath].map((path) =>
          serialOpener().open({ kind: 'serial', path }, undefined, path),
        ),
      );
      const ended = links.map(
        (link) =>
          new Promise((resolve) => {
            link.onClose(resolve);
            link.onData(() => undefined);
          }),
      );
      await cable.pull();
      for (const fault of await Promise.all(ended)) expect(fault).toMatchObject({ code: 'unplugged' });
    }
  });

  it('says that a port is taken, or not there, or no port', async () => {
    const cable = await pair();
    const opener = serialOpener();
    const link = await opener.open({ kind: 'serial', path: cable.hostPath }, undefined, 'first');
    await expect(
      serialOpener().open({ kind: 'serial', path: cable.hostPath }, undefined, 'second'),
    ).rejects.toMatchObject({ code: 'busy', detail: expect.stringContaining(cable.hostPath) });
    await link.close();
    await expect(
      opener.open({ kind: 'serial', path: `${cable.hostPath}-none` }, undefined, 'third'),
    ).rejects.toMatchObject({ code: 'not-found' });
    await expect(
      opener.open({ kind: 'serial', path: '/dev/null' }, undefined, 'fourth'),
    ).rejects.toMatchObject({ code: 'unsupported' });
  });
});
