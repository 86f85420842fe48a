/** The document reader as a whole: driver, codec and simulated module, on a line that takes its time. */
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { catalog } from './catalog.ts';
import { foreignerSample, permitSample, residentSample } from './codec/sam-v/samples-helper.ts';
import type { DocumentRead } from './document.ts';
import { openHardware } from './index.ts';
import type { DeviceStatus, Hardware, Rudeness } from './ports.ts';
import { manualClock } from './sim/manual-clock.ts';
import { polite } from './sim/rude-line.ts';

const opened: Hardware[] = [];

afterEach(async () => {
  for (const hardware of opened.splice(0)) await hardware.close();
});

async function bench(
  rudeness: Partial<Rudeness> = {},
  options: Record<string, unknown> = {},
  random = () => 0.5,
) {
  const clock = manualClock();
  const hardware = openHardware({ clock, random });
  opened.push(hardware);
  const told: (DocumentRead & { after: number })[] = [];
  const states: DeviceStatus[] = [];
  let laidAt = 0;
  hardware.on('document', (read) => told.push({ ...read, after: clock.monotonic() - laidAt }));
  hardware.on('read', () => {
    throw new Error('an identity document is no credential');
  });
  hardware.on('status', (status) => states.push(status));
  await hardware.configure([{ id: 'desk', model: 'sam-v', address: { kind: 'sim' }, options }]);
  const device = hardware.simulated('desk');
  if (!device) throw new Error('a sim address has a simulated device');
  device.misbehave(rudeness);
  await clock.advanceAsync(100);
  return {
    clock,
    hardware,
    device,
    told,
    states,
    lay(document = residentSample as Parameters<NonNullable<typeof device.layCard>>[0]) {
      laidAt = clock.monotonic();
      device.layCard?.(document);
    },
    take: () => device.takeCard?.(),
    documents: () => told.map(({ document }) => document),
    status: () => hardware.statuses()[0],
  };
}

describe('a card that is laid on', () => {
  it('is a document within a second, at whatever moment it comes', async () => {
    const it = await bench();
    let slowest = 0;
    // Over more than one turn of looking, in steps that hit every part of it.
    for (let offset = 0; offset < 300; offset += 7) {
      await it.clock.advanceAsync(1_000 + offset);
      it.lay();
      await it.clock.advanceAsync(1_000);
      expect(it.documents()).toEqual([residentSample]);
      slowest = Math.max(slowest, it.told[0]?.after ?? Number.POSITIVE_INFINITY);
      it.take();
      it.told.length = 0;
    }
    // 1295 bytes of ten bits at 115200 baud are 112.4 ms of it, and the pause between two looks 250 ms.
    expect(slowest).toBeGreaterThan(362);
    expect(slowest).toBeLessThan(375);
  });

  it('is one within a second when the module takes 150 ms over each of its three answers', async () => {
    const it = await bench({ lateMs: 75 });
    await it.clock.advanceAsync(1_000);
    for (let offset = 0; offset < 500; offset += 23) {
      it.lay();
      await it.clock.advanceAsync(1_000 + offset);
      expect(it.told[0]?.after).toBeLessThan(1_000);
      it.take();
      await it.clock.advanceAsync(1_000);
      it.told.length = 0;
    }
  });

  it('is told once, however long it lies there, and again when it comes back', async () => {
    const it = await bench();
    it.lay();
    await it.clock.advanceAsync(60_000);
    expect(it.told).toMatchObject([{ deviceId: 'desk', document: residentSample }]);
    it.take();
    await it.clock.advanceAsync(300);
    it.lay();
    await it.clock.advanceAsync(1_000);
    expect(it.documents()).toEqual([residentSample, residentSample]);
  });

  it.each([foreignerSample, permitSample])('may be a $kind', async (card) => {
    const it = await bench();
    it.lay(card);
    await it.clock.advanceAsync(1_000);
    expect(it.documents()).toEqual([card]);
  });

  it('in the place of another is told after it', async () => {
    const it = await bench();
    it.lay();
    await it.clock.advanceAsync(1_000);
    it.lay(foreignerSample);
    await it.clock.advanceAsync(2_000);
    expect(it.documents()).toEqual([residentSample, foreignerSample]);
  });

  it('is read at every rate that a module can be set to', async () => {
    const rates = catalog.find(({ id }) => id === 'sam-v')?.options[0];
    for (const baudRate of rates?.kind === 'choice' ? rates.choices : []) {
      const it = await bench({}, { baudRate });
      it.lay();
      await it.clock.advanceAsync(3_000);
      expect(it.documents()).toEqual([residentSample]);
    }
  });
});

describe('the reader is asked calmly', () => {
  it('about four times a second, and not at all when it is closed', async () => {
    const it = await bench();
    const before = it.status()?.frames ?? 0;
    await it.clock.advanceAsync(10_000);
    const looks = (it.status()?.frames ?? 0) - before;
    expect(looks).toBeGreaterThan(37);
    expect(looks).toBeLessThan(42);
    await it.hardware.close();
    expect(it.clock.pending()).toBe(0);
  });

  it('and leaves no timer when it is closed in the midst of a card', async () => {
    for (let ms = 0; ms < 400; ms += 13) {
      const it = await bench();
      it.lay();
      await it.clock.advanceAsync(ms);
      await it.hardware.close();
      // What was on the wire arrives, and nobody hears it.
      await it.clock.advanceAsync(200);
      expect(it.clock.pending()).toBe(0);
    }
  });
});

describe('on a bad line', () => {
  it.each([1, 3, 64, 1_000])('a card is read in pieces of %i bytes', async (splitInto) => {
    const it = await bench({ splitInto });
    it.lay();
    await it.clock.advanceAsync(1_000);
    expect(it.documents()).toEqual([residentSample]);
  });

  it('a card is read through noise, which is counted', async () => {
    const it = await bench({ noiseBytes: 9 });
    it.lay();
    await it.clock.advanceAsync(1_000);
    expect(it.documents()).toEqual([residentSample]);
    expect(it.status()?.frameErrors).toBeGreaterThan(0);
  });

  it('wrong checks make no document, take the reader offline, and are over when they end', async () => {
    const it = await bench();
    it.device.misbehave({ badChecksum: true });
    it.lay();
    await it.clock.advanceAsync(6_000);
    expect(it.status()).toMatchObject({ state: 'offline', fault: { code: 'io' } });
    expect(it.status()?.frameErrors).toBeGreaterThan(0);
    expect(it.documents()).toEqual([]);
    it.device.misbehave({ badChecksum: false });
    await it.clock.advanceAsync(10_000);
    expect(it.documents()).toEqual([residentSample]);
  });

  it.each([1, 2, 3, 4, 5, 6])('%i lost frames lose no card', async (lose) => {
    const it = await bench();
    it.lay();
    it.device.misbehave({ lose });
    await it.clock.advanceAsync(20_000);
    expect(it.documents()).toEqual([residentSample]);
  });

  it('a slow module is waited for', async () => {
    const it = await bench({ lateMs: 490 });
    await it.clock.advanceAsync(5_000);
    it.lay();
    await it.clock.advanceAsync(5_000);
    expect(it.documents()).toEqual([residentSample]);
  });

  it('one that is too slow is offline, and its late answers are taken for nothing', async () => {
    const it = await bench();
    it.lay();
    it.device.misbehave({ lateMs: 3_000 });
    await it.clock.advanceAsync(30_000);
    expect(it.status()?.state).toBe('offline');
    it.device.misbehave({ lateMs: 0 });
    await it.clock.advanceAsync(20_000);
    expect(it.status()?.state).toBe('online');
    expect(it.documents()).toEqual([residentSample]);
  });
});

describe('a card that is taken away', () => {
  it('while it is read is told as that, once, at whatever moment', async () => {
    const seen = new Set<string>();
    for (let ms = 0; ms < 1_200; ms += 37) {
      const it = await bench({ lateMs: 100 });
      it.lay();
      await it.clock.advanceAsync(ms);
      it.take();
      await it.clock.advanceAsync(10_000);
      expect(it.told.length).toBeLessThan(2);
      seen.add(JSON.stringify(it.documents()));
      it.told.length = 0;
      it.lay(foreignerSample);
      await it.clock.advanceAsync(10_000);
      expect(it.documents()).toEqual([foreignerSample]);
    }
    expect(seen).toEqual(
      new Set(['[]', JSON.stringify([{ unread: 'taken-away' }]), JSON.stringify([residentSample])]),
    );
  });
});

describe('a reader that is unplugged', () => {
  it('while it reads tells the card once it is back, and once', async () => {
    for (let ms = 0; ms < 400; ms += 13) {
      const it = await bench({ splitInto: 64 });
      it.lay();
      await it.clock.advanceAsync(ms);
      const early = it.told.length;
      it.device.misbehave({ unplugged: true });
      await it.clock.advanceAsync(1_000);
      expect(it.told.length).toBe(early);
      expect(it.status()?.state).toBe('offline');
      it.device.misbehave({ unplugged: false });
      await it.clock.advanceAsync(10_000);
      expect(it.status()?.state).toBe('online');
      // The module has forgotten with its power what it had read, and a fresh link begins anew.
      expect(it.documents()).toEqual(early === 0 ? [residentSample] : [residentSample, residentSample]);
    }
  });
});

/** Park and Miller: noise that is the same in each run of one seed. */
function noiseOf(seed: number): () => number {
  const modulus = 2 ** 31 - 1;
  let drawn = seed;
  return () => {
    drawn = (drawn * 48_271) % modulus;
    return drawn / modulus;
  };
}

describe('whatever happens to it', () => {
  const act = fc.oneof(
    fc.constantFrom('lay', 'lay other', 'take', 'polite'),
    fc.constantFrom<Partial<Rudeness>>(
      { badChecksum: true },
      { unplugged: true },
      { unplugged: false },
      { lose: 1 },
      { lose: 4 },
      { refuse: 'busy' },
      { refuse: undefined },
    ),
    fc.record({ splitInto: fc.integer({ min: 0, max: 300 }) }),
    fc.record({ noiseBytes: fc.integer({ min: 0, max: 40 }) }),
    fc.record({ lateMs: fc.integer({ min: 0, max: 1_500 }) }),
  );
  const acts = fc.array(fc.tuple(act, fc.integer({ min: 0, max: 3_000 })), { maxLength: 30 });

  it('each card is told at most once a link, as itself, and the next one is read', async () => {
    await fc.assert(
      fc.asyncProperty(acts, fc.integer({ min: 1, max: 2 ** 31 - 2 }), async (rows, seed) => {
        const it = await bench({}, {}, noiseOf(seed));
        let laid = 0;
        for (const [what, ms] of rows) {
          if (what === 'take') it.take();
          else if (what === 'polite') it.device.misbehave(polite);
          else if (what === 'lay' || what === 'lay other') {
            laid += 1;
            it.lay(what === 'lay' ? residentSample : foreignerSample);
          } else it.device.misbehave(what);
          await it.clock.advanceAsync(ms);
        }
        const links = it.states.filter(({ state }) => state === 'online').length;
        for (const document of it.documents()) {
          if (!('unread' in document)) expect([residentSample, foreignerSample]).toContainEqual(document);
        }
        expect(it.told.length).toBeLessThanOrEqual(laid === 0 ? 0 : laid + links);

        it.device.misbehave(polite);
        it.take();
        await it.clock.advanceAsync(30_000);
        expect(it.status()?.state).toBe('online');
        it.told.length = 0;
        it.lay(foreignerSample);
        await it.clock.advanceAsync(1_000);
        expect(it.documents()).toEqual([foreignerSample]);
        await it.hardware.close();
        await it.clock.advanceAsync(5_000);
        expect(it.clock.pending()).toBe(0);
      }),
      { numRuns: 80 },
    );
  });
});

it('names nobody in its status, whatever happens', async () => {
  const it = await bench();
  const words = Object.values(residentSample).filter(
    (value) => value.length > 1 && value !== residentSample.kind,
  );
  for (const rudeness of [{ badChecksum: true }, { lose: 9 }, { unplugged: true }, { noiseBytes: 5 }]) {
    it.lay();
    await it.clock.advanceAsync(300);
    it.device.misbehave(rudeness);
    await it.clock.advanceAsync(5_000);
    it.device.misbehave({ badChecksum: false, unplugged: false, lose: 0, noiseBytes: 0 });
    await it.clock.advanceAsync(10_000);
  }
  const said = JSON.stringify([it.states, it.hardware.statuses()]);
  for (const word of words) expect(said).not.toContain(word);
});
