import { describe, expect, it } from 'vitest';
import { repeatFilter } from '../codec/debounce.ts';
import { interpretLine, lineForm } from '../codec/line-meaning.ts';
import { textLineDecoder } from '../codec/text-line.ts';
import type { ByteLink, Read } from '../ports.ts';
import { manualClock } from '../sim/manual-clock.ts';
import { readerDriver } from './reader.ts';

const link: ByteLink = {
  onData: () => undefined,
  onClose: () => undefined,
  write: async () => undefined,
  close: async () => undefined,
};

const bytes = (text: string) => new TextEncoder().encode(text);

/** A text reader, by default one whose lines end with silence. */
function setUp(suffix = '') {
  const clock = manualClock();
  const reads: Read[] = [];
  const meaning = { radix: 'text', charset: 'digits' } as const;
  const driver = readerDriver({
    deviceId: 'qr',
    clock,
    decoder: textLineDecoder({ prefix: '', suffix, maxLength: 16 }),
    interpret: (line) => interpretLine(line, meaning),
    formOf: (credential) => lineForm(credential, meaning),
    idleMs: 50,
    isNews: repeatFilter(300),
    onRead: (read) => reads.push(read),
  });
  return { clock, driver, values: () => reads.map(({ credential }) => credential), reads };
}

describe('the reader driver', () => {
  it('ends a read by silence, counted from the last piece', () => {
    const { clock, driver, values } = setUp();
    driver.received(bytes('12'));
    clock.advance(49);
    driver.received(bytes('34'));
    clock.advance(49);
    expect(values()).toEqual([]);
    clock.advance(1);
    expect(values()).toEqual([{ technology: 'text', bits: 32, value: '1234' }]);
    expect(clock.pending()).toBe(0);
  });

  it('sets no timer when a frame is whole', () => {
    const { clock, driver, values } = setUp('\r');
    driver.received(bytes('1234\r'));
    expect(values().length).toBe(1);
    expect(clock.pending()).toBe(0);
  });

  it('tells a well-framed read that is no credential, once while it is repeated', () => {
    const { driver, values } = setUp('\r');
    driver.received(bytes('12A4\r12A4\r'));
    expect(values()).toEqual([{ malformed: 'charset', raw: '31324134' }]);
    expect(driver.counts()).toMatchObject({ frames: 2, frameErrors: 0 });
  });

  it('gives up half a frame when it falls silent', () => {
    const { clock, driver, values } = setUp('\r');
    driver.received(bytes('12'));
    clock.advance(50);
    expect(driver.counts()).toEqual({ frames: 0, frameErrors: 1 });
    expect(values()).toEqual([]);
  });

  it('joins nothing across a lost link', async () => {
    const { clock, driver, values } = setUp();
    driver.received(bytes('12'));
    driver.lost();
    expect(clock.pending()).toBe(0);
    await driver.opened(link);
    driver.received(bytes('34'));
    clock.advance(50);
    expect(values()).toEqual([{ technology: 'text', bits: 16, value: '34' }]);
  });

  it('stamps a read by the wall clock, and debounces by the other', () => {
    const { clock, driver, reads } = setUp('\r');
    driver.received(bytes('1\r'));
    clock.setNow(0);
    driver.received(bytes('1\r'));
    expect(reads.length).toBe(1);
    clock.advance(300);
    driver.received(bytes('1\r'));
    expect(reads.map(({ at }) => at)).toEqual([reads[0]?.at, 300]);
  });
});
