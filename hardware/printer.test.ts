/** The receipt printer as a whole: driver, codec and simulated printer, on a line that takes its time. */
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { openHardware } from './index.ts';
import type { PaperPart, PrinterCondition, PrintResult } from './paper.ts';
import type { Hardware, Rudeness } from './ports.ts';
import { manualClock } from './sim/manual-clock.ts';
import { polite } from './sim/rude-line.ts';

const opened: Hardware[] = [];

afterEach(async () => {
  for (const hardware of opened.splice(0)) await hardware.close();
});

const page = (text: string): PaperPart[] => [
  { kind: 'text', text, size: 'fit' },
  {
    kind: 'picture',
    rows: Array.from({ length: 41 }, () => Array.from({ length: 41 }, () => true)),
    millimetres: 38,
  },
];

async function bench() {
  const clock = manualClock();
  const hardware = openHardware({ clock, random: () => 0.5 });
  opened.push(hardware);
  const conditions: PrinterCondition[] = [];
  hardware.on('printer', ({ condition }) => conditions.push(condition));
  await hardware.configure([{ id: 'desk', model: 'escpos', address: { kind: 'sim' } }]);
  const device = hardware.simulated('desk');
  if (!device?.setPrinter || !device.printed) throw new Error('a simulated printer');
  const { setPrinter, printed } = device;
  await clock.advanceAsync(50);
  return {
    clock,
    hardware,
    conditions,
    set: setPrinter,
    misbehave: (rudeness: Partial<Rudeness>) => device.misbehave(rudeness),
    names: () => printed().map(({ lines }) => lines[0]),
    status: () => hardware.statuses()[0],
    /** What the printing has come to after so long; undefined while it lasts. */
    async print(text: string, ms = 60_000): Promise<PrintResult | undefined> {
      let result: PrintResult | undefined;
      void hardware.print('desk', page(text)).then((settled) => {
        result = settled;
      });
      await clock.advanceAsync(ms);
      return result;
    },
  };
}

describe('a page', () => {
  it('is printed whole, and told when the printer has worked it off', async () => {
    const it = await bench();
    expect(await it.print('李小明', 5_000)).toEqual({ outcome: 'printed', begun: true });
    expect(it.names()).toEqual(['李小明']);
    expect(it.conditions).toEqual(['ready']);
    expect(it.status()).toMatchObject({ state: 'online', printer: 'ready', frameErrors: 0 });
  });

  it('waits for the one before it', async () => {
    const it = await bench();
    const results = ['1', '2', '3'].map((text) => it.hardware.print('desk', page(text)));
    await it.clock.advanceAsync(20_000);
    expect((await Promise.all(results)).map(({ outcome }) => outcome)).toEqual(Array(3).fill('printed'));
    expect(it.names()).toEqual(['1', '2', '3']);
  });

  it.each(['paper-out', 'cover-open', 'error', 'offline'] as const)(
    'is not begun while the printer says %s, and that is told within 5 s',
    async (condition) => {
      const it = await bench();
      it.set(condition);
      await it.clock.advanceAsync(1_500);
      expect(it.status()).toMatchObject({ state: 'online', printer: condition });
      expect(await it.print('nobody', 5_000)).toEqual({ outcome: condition, begun: false });
      it.set('ready');
      await it.clock.advanceAsync(10_000);
      expect(it.names()).toEqual([]);
      expect(it.conditions).toEqual(['ready', condition, 'ready']);
    },
  );

  it('is printed while the paper is low', async () => {
    const it = await bench();
    it.set('paper-low');
    expect(await it.print('still', 5_000)).toEqual({ outcome: 'printed', begun: true });
    expect(it.conditions).toEqual(['ready', 'paper-low']);
  });

  it('for which the paper ends in its midst is told so, and comes out once when there is paper', async () => {
    const it = await bench();
    const result = it.print('half', 5_000);
    it.set('ready');
    // While it is on the line.
    const ends = it.clock.after(300, () => it.set('paper-out'));
    expect(await result).toEqual({ outcome: 'paper-out', begun: true });
    ends();
    expect(await it.print('next', 3_000)).toEqual({ outcome: 'paper-out', begun: false });
    it.set('ready');
    // The answer to the first page, which is being cut, is not taken for that of one for which the paper ends again.
    it.clock.after(1_500, () => it.set('paper-out'));
    expect(await it.print('next', 9_000)).toEqual({ outcome: 'paper-out', begun: true });
    expect(it.names()).toEqual(['half']);
    it.set('ready');
    await it.clock.advanceAsync(3_000);
    expect(it.names()).toEqual(['half', 'next']);
  });

  it('whose end is not told is unknown, is not sent again, and holds up no other for long', async () => {
    const it = await bench();
    const result = it.print('silent', 30_000);
    // After the look before it, no answer can be understood any more.
    it.clock.after(200, () => it.misbehave({ badChecksum: true }));
    expect(await result).toEqual({ outcome: 'unknown', begun: true });
    it.misbehave(polite);
    await it.clock.advanceAsync(20_000);
    expect(it.names()).toEqual(['silent']);
    expect(await it.print('loud', 20_000)).toEqual({ outcome: 'printed', begun: true });
    expect(it.names()).toEqual(['silent', 'loud']);
  });
});

describe('a printer', () => {
  it('that is unplugged is offline, also in the midst of a page, and prints again when it is back', async () => {
    const it = await bench();
    const result = it.print('torn', 5_000);
    it.clock.after(300, () => it.misbehave({ unplugged: true }));
    expect(await result).toEqual({ outcome: 'unknown', begun: true });
    expect(it.status()?.state).toBe('offline');
    expect(it.status()?.printer).toBeUndefined();
    expect(await it.print('nobody', 1_000)).toEqual({ outcome: 'offline', begun: false });
    it.misbehave({ unplugged: false });
    await it.clock.advanceAsync(10_000);
    expect(await it.print('again', 5_000)).toEqual({ outcome: 'printed', begun: true });
    expect(it.names()).toEqual(['again']);
  });

  it('that does not answer is offline, and says that it does not', async () => {
    const it = await bench();
    it.misbehave({ lose: 10_000 });
    await it.clock.advanceAsync(20_000);
    expect(it.status()).toMatchObject({ state: 'offline', fault: { code: 'io' } });
    it.misbehave({ lose: 0 });
    await it.clock.advanceAsync(20_000);
    expect(it.status()).toMatchObject({ state: 'online', printer: 'ready' });
  });

  it('leaves no timer when it is closed at whatever moment of a page', async () => {
    for (let ms = 0; ms < 4_000; ms += 310) {
      const it = await bench();
      void it.print('closed', ms);
      await it.clock.advanceAsync(ms);
      await it.hardware.close();
      // What was on the wire arrives, and nobody hears it.
      await it.clock.advanceAsync(5_000);
      expect(it.clock.pending()).toBe(0);
    }
  });

  it('is no printer when it is a relay', async () => {
    const it = await bench();
    await expect(it.hardware.print('other', page('x'))).rejects.toMatchObject({ code: 'unknown-device' });
  });
});

it('prints no page twice and calls none printed that is not, whatever happens to it', async () => {
  const conditions = ['ready', 'paper-low', 'paper-out', 'cover-open', 'error', 'offline'] as const;
  const act = fc.oneof(
    fc.record({ set: fc.constantFrom(...conditions) }),
    fc.constant('print' as const),
    fc.constantFrom<Partial<Rudeness>>(
      { unplugged: true },
      { unplugged: false },
      // A lost answer, or one that nobody can read; what is lost of the page itself, no printer tells.
      { badChecksum: true },
      { badChecksum: false },
      { lateMs: 300 },
      { lateMs: 0 },
    ),
  );
  const acts = fc.array(fc.tuple(act, fc.integer({ min: 0, max: 4_000 })), { maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(acts, async (rows) => {
      const it = await bench();
      const told: { name: string; result: Promise<PrintResult> }[] = [];
      for (const [what, ms] of rows) {
        if (what === 'print') {
          const name = `page ${told.length}`;
          const result = it.hardware.print('desk', page(name)).then((settled) => {
            if (settled.outcome === 'printed') expect(it.names()).toContain(name);
            return settled;
          });
          told.push({ name, result });
        } else if ('set' in what) it.set(what.set);
        else it.misbehave(what);
        await it.clock.advanceAsync(ms);
      }
      it.misbehave(polite);
      it.set('ready');
      await it.clock.advanceAsync(600_000);
      const names = it.names();
      expect(new Set(names).size).toBe(names.length);
      for (const { name, result } of told) {
        const { begun } = await result;
        if (!begun) expect(names).not.toContain(name);
      }
      expect(await it.print('last', 15_000)).toEqual({ outcome: 'printed', begun: true });
      await it.hardware.close();
      await it.clock.advanceAsync(5_000);
      expect(it.clock.pending()).toBe(0);
    }),
    { numRuns: 40 },
  );
});

it('names nobody in its status or its events', async () => {
  const it = await bench();
  const said: unknown[] = [];
  it.hardware.on('status', (status) => said.push(status));
  it.hardware.on('printer', (told) => said.push(told));
  for (const rudeness of [{ lose: 3 }, { unplugged: true }, { unplugged: false }]) {
    await it.print('Somebody', 100);
    it.misbehave(rudeness);
    await it.clock.advanceAsync(10_000);
  }
  expect(JSON.stringify([said, it.hardware.statuses()])).not.toContain('Somebody');
});
