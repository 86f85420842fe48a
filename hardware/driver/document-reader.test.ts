/** What modules do that the simulated one does not: refuse, answer too much, too little, too late, or something else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCardData } from '../codec/sam-v/card-data.ts';
import { commandDecoder, encodeReply } from '../codec/sam-v/frame.ts';
import { samQuestions } from '../codec/sam-v/question.ts';
import { foreignerSample, residentSample } from '../codec/sam-v/samples-helper.ts';
import { encodeTextBlock } from '../codec/sam-v/text-block.ts';
import type { IdentityDocument } from '../document.ts';
import type { ByteLink } from '../ports.ts';
import { manualClock, settle } from '../sim/manual-clock.ts';
import { documentReaderDriver } from './document-reader.ts';

type Step = keyof typeof samQuestions;
/** What the module sends for a question: bytes, at once; none is silence. */
type Script = Record<Step, () => Uint8Array>;

const reply = (status: string, data: Uint8Array | number = 0) =>
  encodeReply({ status, data: typeof data === 'number' ? new Uint8Array(data) : data });
const cardReply = (card: IdentityDocument) => reply('000090', encodeCardData(encodeTextBlock(card)));
const silence = new Uint8Array(0);

function setUp(change: Partial<Script> = {}) {
  const clock = manualClock();
  const documents: unknown[] = [];
  const asked: Step[] = [];
  const script: Script = {
    status: () => reply('000090'),
    find: () => reply('00009F', 4),
    select: () => reply('000090', 8),
    read: () => cardReply(residentSample),
    ...change,
  };
  const driver = documentReaderDriver({
    deviceId: 'desk',
    clock,
    onDocument: ({ document }) => documents.push(document),
  });
  let closed = 0;
  const ear = commandDecoder();
  const link: ByteLink = {
    onData: () => undefined,
    onClose: () => undefined,
    async write(bytes) {
      for (const item of ear.push(bytes)) {
        if (!item.ok) throw new Error('the driver sent no command');
        const step = (Object.keys(script) as Step[]).find(
          (each) => samQuestions[each].code === item.frame.code,
        );
        if (!step) throw new Error(`the driver asked ${item.frame.code}`);
        asked.push(step);
        const bytesBack = script[step]();
        if (bytesBack.length > 0) queueMicrotask(() => driver.received(bytesBack));
      }
    },
    async close() {
      closed += 1;
      driver.lost();
    },
  };
  return { clock, driver, documents, asked, script, link, closed: () => closed };
}

async function open(change: Partial<Script> = {}) {
  const made = setUp(change);
  await made.driver.opened(made.link);
  await made.clock.advanceAsync(0);
  return made;
}

describe('a module that does not read a card', () => {
  it.each([
    ['refuses to read it', { read: () => reply('000041') }, { unread: 'refused', status: '000041' }],
    [
      'has lost it when it is selected',
      { select: () => reply('000081') },
      { unread: 'refused', status: '000081' },
    ],
    [
      'answers what nobody knows',
      { read: () => reply('000033', 3) },
      { unread: 'refused', status: '000033' },
    ],
    ['answers in another tone', { select: () => reply('12AB90') }, { unread: 'refused', status: '12AB90' }],
    ['sends too little', { read: () => reply('000090', 1_283) }, { unread: 'length' }],
    ['sends fingerprints as well', { read: () => reply('000090', 2_310) }, { unread: 'length' }],
    ['says another length of the text', { read: () => reply('000090', 1_284) }, { unread: 'length' }],
    ['falls silent', { read: () => silence }, { unread: 'no-answer' }],
    ['sends damage', { read: () => cardReply(residentSample).fill(0, 50, 90) }, { unread: 'no-answer' }],
    ['answers as for a module status', { read: () => reply('000090') }, { unread: 'no-answer' }],
  ] as [string, Partial<Script>, unknown][])('because it %s is told once', async (_, change, expected) => {
    const it = await open(change);
    await it.clock.advanceAsync(30_000);
    expect(it.documents).toEqual([expected]);
    expect(it.closed()).toBe(0);
    // Three tries, and no more of a card that stays where it is.
    expect(it.asked.filter((step) => step === 'select').length).toBe(3);
  });

  it('is told anew when the card comes again, and read when it can be', async () => {
    const it = await open({ read: () => reply('000041') });
    await it.clock.advanceAsync(5_000);
    it.script.find = () => reply('000080');
    await it.clock.advanceAsync(1_000);
    Object.assign(it.script, { find: () => reply('00009F', 4), read: () => cardReply(foreignerSample) });
    await it.clock.advanceAsync(5_000);
    expect(it.documents).toEqual([{ unread: 'refused', status: '000041' }, foreignerSample]);
  });

  it('at first, and then does, is told by the document alone', async () => {
    let reads = 0;
    const it = await open({ read: () => (++reads < 3 ? reply('000041') : cardReply(residentSample)) });
    await it.clock.advanceAsync(5_000);
    expect(it.documents).toEqual([residentSample]);
  });
});

describe('a module that can not be used', () => {
  it('says so in its own status, before it is online', async () => {
    const it = setUp({ status: () => reply('000060') });
    await expect(it.driver.opened(it.link)).rejects.toEqual({
      code: 'io',
      detail: 'the document reader answers "status" with the status 000060',
    });
    expect(it.clock.pending()).toBe(0);
  });

  it('and does not look for cards is not online either', async () => {
    const it = setUp({ find: () => reply('000032') });
    await expect(it.driver.opened(it.link)).rejects.toMatchObject({
      detail: 'the document reader answers "find" with the status 000032',
    });
  });

  it('and says nothing is given up after three questions', async () => {
    const it = setUp({ status: () => silence });
    const opening = it.driver.opened(it.link);
    const rejected = expect(opening).rejects.toMatchObject({
      code: 'io',
      detail: /did not answer 3 questions/,
    });
    await it.clock.advanceAsync(3_000);
    await rejected;
    expect(it.asked).toEqual(['status', 'status', 'status']);
  });

  it.each([
    ['falls silent', () => silence],
    ['refuses to look', () => reply('000033')],
  ])('later because it %s is given up after three looks', async (_, find) => {
    const it = await open({ find: () => reply('000080') });
    await it.clock.advanceAsync(2_000);
    it.script.find = find;
    await it.clock.advanceAsync(5_000);
    expect(it.closed()).toBe(1);
    expect(it.clock.pending()).toBe(0);
  });

  it('for two looks stays', async () => {
    let looks = 2;
    const it = await open({ find: () => (++looks % 3 === 0 ? reply('000080') : silence) });
    await it.clock.advanceAsync(60_000);
    expect(it.closed()).toBe(0);
  });
});

describe('an answer that comes too late', () => {
  it("is not taken for the next card's", async () => {
    const it = await open({ read: () => silence });
    await it.clock.advanceAsync(1_990);
    // The first card is swapped, and only now its data come, in front of everything else.
    let late = true;
    it.script.find = () => {
      const found = reply('00009F', 4);
      if (!late) return found;
      late = false;
      return Uint8Array.of(...cardReply(residentSample), ...found);
    };
    it.script.read = () => cardReply(foreignerSample);
    await it.clock.advanceAsync(5_000);
    expect(it.documents).toEqual([foreignerSample]);
  });

  it('and whole, after half of one, is taken when the line is silent', async () => {
    const it = await open({
      // The beginning of a long frame, and in it the answer.
      read: () => Uint8Array.of(0xaa, 0xaa, 0xaa, 0x96, 0x69, 0x08, 0x00, ...cardReply(residentSample)),
    });
    await it.clock.advanceAsync(2_000);
    expect(it.documents).toEqual([residentSample]);
  });
});

it('is waited for while it still comes, on the slowest line', async () => {
  const it = await open({ read: () => silence });
  const bytes = cardReply(residentSample);
  for (let at = 0; at < bytes.length; at += 100) {
    await it.clock.advanceAsync(250);
    it.driver.received(bytes.subarray(at, at + 100));
  }
  await it.clock.advanceAsync(0);
  expect(it.documents).toEqual([residentSample]);
});

it('is not held up by the beginning of a frame that came unasked', async () => {
  const it = await open({ find: () => reply('000080') });
  it.driver.received(Uint8Array.of(0xaa, 0xaa, 0xaa, 0x96, 0x69, 0x08, 0xff));
  it.script.find = () => reply('00009F', 4);
  await it.clock.advanceAsync(250);
  expect(it.documents).toEqual([residentSample]);
});

it('keeps no half of a card when the link is lost', async () => {
  const it = await open({ read: () => silence });
  it.driver.received(cardReply(residentSample).subarray(0, 900));
  expect(it.driver.counts().frameErrors).toBe(0);
  it.driver.lost();
  expect(it.driver.counts().frameErrors).toBe(1);
});

it('is not kept waiting by a line that is never silent', async () => {
  const it = await open({ find: () => reply('000080') });
  await it.clock.advanceAsync(1_000);
  it.script.find = () => silence;
  for (let ms = 0; ms < 20_000 && it.closed() === 0; ms += 100) {
    it.driver.received(Uint8Array.of(0x55));
    await it.clock.advanceAsync(100);
  }
  expect(it.closed()).toBe(1);
});

it('takes nothing from a lost link, and nothing runs on after it', async () => {
  const it = await open({ read: () => silence });
  it.driver.lost();
  await it.clock.advanceAsync(10_000);
  it.driver.received(cardReply(residentSample));
  await settle();
  expect(it.documents).toEqual([]);
  expect(it.clock.pending()).toBe(0);
  const before = it.asked.length;
  await it.clock.advanceAsync(10_000);
  expect(it.asked.length).toBe(before);
});

it('may be closed by who is told of a card', async () => {
  const it = setUp();
  const closing = documentReaderDriver({
    deviceId: 'desk',
    clock: it.clock,
    onDocument: (read) => {
      it.documents.push(read.document);
      void closing.close();
    },
  });
  const link: ByteLink = {
    ...it.link,
    async write(bytes) {
      const code = ((bytes[7] ?? 0) << 8) | (bytes[8] ?? 0);
      const step = (Object.keys(samQuestions) as Step[]).find((each) => samQuestions[each].code === code);
      if (step) queueMicrotask(() => closing.received(it.script[step]()));
    },
  };
  await closing.opened(link);
  await it.clock.advanceAsync(0);
  expect(it.documents).toEqual([residentSample]);
  expect(it.clock.pending()).toBe(0);
});

it('lost in the midst of its opening does not go on with the next link beside it', async () => {
  const it = setUp({ status: () => silence });
  const first = it.driver.opened(it.link).catch(() => 'given up');
  await it.clock.advanceAsync(100);
  it.driver.lost();
  Object.assign(it.script, { status: () => reply('000090'), find: () => reply('000080') });
  it.asked.length = 0;
  await it.driver.opened(it.link);
  expect(await first).toBe('given up');
  expect(it.asked).toEqual(['status', 'find']);
});

it('tells a card once, whatever damage its bytes take', async () => {
  const hits = fc.array(fc.tuple(fc.nat(1_294), fc.nat(255)), { minLength: 1, maxLength: 12 });
  const cuts = fc.tuple(fc.nat(1_295), fc.nat(1_295));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(hits, cuts), { minLength: 1, maxLength: 4 }), async (rows) => {
      let turn = 0;
      const it = await open({
        read() {
          const bytes = cardReply(residentSample);
          const [damage, [from, length]] = rows[turn++ % rows.length] ?? [[], [0, 0]];
          for (const [at, byte] of damage) bytes[at] = byte;
          return turn % 2 === 0 ? bytes : bytes.subarray(from, from + length);
        },
      });
      await it.clock.advanceAsync(60_000);
      expect(it.documents.length).toBe(1);
      await it.driver.close();
      expect(it.clock.pending()).toBe(0);
    }),
    { numRuns: 40 },
  );
});

it('tells of no card but those that lie there, whatever is on the line besides', async () => {
  const junk = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.constantFrom(
      Uint8Array.of(0xaa, 0xaa, 0xaa, 0x96, 0x69, 0x08, 0xff),
      Uint8Array.of(0xaa, 0xaa),
      reply('000080'),
      reply('000081'),
      reply('000041'),
      reply('00009F', 4),
      reply('000090', 8),
      reply('0000EE'),
      cardReply(residentSample).subarray(0, 700),
    ),
  );
  const acts = fc.array(
    fc.record({ junk, ms: fc.integer({ min: 0, max: 700 }), lost: fc.integer({ max: 8, min: 0 }) }),
    {
      maxLength: 25,
    },
  );
  await fc.assert(
    fc.asyncProperty(acts, async (rows) => {
      const it = await open();
      let links = 1;
      for (const row of rows) {
        it.driver.received(row.junk);
        await it.clock.advanceAsync(row.ms);
        if (row.lost > 0) continue;
        it.driver.lost();
        const opening = it.driver.opened(it.link).then(
          () => undefined,
          () => undefined,
        );
        await it.clock.advanceAsync(10_000);
        await opening;
        links += 1;
      }
      for (const document of it.documents) {
        if (!('unread' in Object(document))) expect(document).toEqual(residentSample);
      }
      // A stray "no card" from the line is believed, so that each of them may make one more.
      expect(it.documents.length).toBeLessThanOrEqual(links + rows.length);
      await it.driver.close();
      expect(it.clock.pending()).toBe(0);
    }),
    { numRuns: 60 },
  );
});
