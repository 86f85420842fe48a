/** The driver of a resident ID card reader: looks for a card, selects it, reads it, and tells of each card once. */
import { decodeCardData } from '../codec/sam-v/card-data.ts';
import { encodeCommand, replyDecoder, type SamReply } from '../codec/sam-v/frame.ts';
import { answers, type SamQuestion, samQuestions, samStatus } from '../codec/sam-v/question.ts';
import { decodeTextBlock } from '../codec/sam-v/text-block.ts';
import type { DocumentRead, IdentityDocument, UnreadDocument } from '../document.ts';
import type { ByteLink, Cancel, Clock, LinkFault } from '../ports.ts';
import { cardEdge } from './card-edge.ts';
import type { Driver } from './driver.ts';

export interface DocumentReaderParts {
  deviceId: string;
  clock: Clock;
  /** Told of each card that is laid on, whether it could be read or not. A fresh link begins anew. */
  onDocument(read: DocumentRead): void;
}

/** From an answer to the next look: four looks a second. */
const pollMs = 250;
/** Silence in which an answer is given up; reading asks the card's own chip, and takes a module longer. */
const silenceMs = { status: 1_000, find: 1_000, select: 1_000, read: 2_000 } as const;
/** A line that is never silent answers no more after this: a card takes 1.4 s at the slowest rate. */
const longestMs = 4_000;
/** Questions in a row without a sensible answer, after which the link is given up. */
const tries = 3;

type Step = keyof typeof samQuestions;

/** One link, as long as it lasts. */
interface Session {
  link: ByteLink;
}

export function documentReaderDriver({ deviceId, clock, onDocument }: DocumentReaderParts): Driver {
  const decoder = replyDecoder();
  let frames = 0;
  let frameErrors = 0;
  let lastFrameAt: number | undefined;
  /** What still runs for an earlier one ends. */
  let session: Session | undefined;
  let waiting: { question: SamQuestion; settle(reply?: SamReply): void; heard(): void } | undefined;
  let wake: () => void = () => undefined;

  function take(found: ReturnType<typeof decoder.push>): void {
    for (const item of found) {
      if (!item.ok) {
        frameErrors += 1;
        continue;
      }
      frames += 1;
      lastFrameAt = clock.now();
      // What answers another question came too late for it.
      if (waiting && answers(item.frame, waiting.question)) waiting.settle(item.frame);
    }
  }

  /** The reply; undefined when none came, or the link is lost. */
  async function ask(on: Session, step: Step): Promise<SamReply | undefined> {
    if (on !== session) return undefined;
    // Half a frame from before would swallow the answer.
    take(decoder.idle());
    return new Promise((resolve) => {
      let cancelSilence: Cancel = () => undefined;
      const settle = (reply?: SamReply): void => {
        cancelSilence();
        cancelLimit();
        waiting = undefined;
        resolve(reply);
      };
      const giveUp = (): void => {
        // An answer may stand within what looked like the beginning of a longer one.
        take(decoder.idle());
        if (waiting === mine) settle();
      };
      const heard = (): void => {
        cancelSilence();
        cancelSilence = clock.after(silenceMs[step], giveUp);
      };
      const mine = { question: samQuestions[step], settle, heard };
      const cancelLimit = clock.after(longestMs, giveUp);
      waiting = mine;
      heard();
      // A write that fails takes the link with it, and that settles what waits.
      on.link.write(encodeCommand(samQuestions[step].code)).catch(() => undefined);
    });
  }

  async function pause(on: Session): Promise<void> {
    if (on !== session) return;
    return new Promise((resolve) => {
      const cancel = clock.after(pollMs, resolve);
      wake = () => {
        cancel();
        resolve();
      };
    });
  }

  function stop(): void {
    session = undefined;
    waiting?.settle();
    wake();
    // Half a card is nobody's.
    take(decoder.reset());
  }

  /** Asks until there is an answer. Rejects with a LinkFault when there is none, or not one that is expected. */
  async function insist(on: Session, step: Step, expected: readonly string[]): Promise<SamReply> {
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const reply = await ask(on, step);
      if (reply && expected.includes(reply.status)) return reply;
      if (reply) throw fault(`the document reader answers "${step}" with the status ${reply.status}`);
    }
    throw fault(`the document reader did not answer ${tries} questions`);
  }

  async function readCard(on: Session): Promise<IdentityDocument | UnreadDocument> {
    const selected = await ask(on, 'select');
    if (selected?.status !== samStatus.done) return unread(selected);
    const reply = await ask(on, 'read');
    if (reply?.status !== samStatus.done) return unread(reply);
    const block = decodeCardData(reply.data);
    return (block && decodeTextBlock(block)) ?? { unread: 'length' };
  }

  function tell(document: IdentityDocument | UnreadDocument | undefined): void {
    if (document) onDocument({ deviceId, at: clock.now(), document });
  }

  /** Looks for cards as long as the link is there. */
  async function watch(on: Session, first: SamReply): Promise<void> {
    const edge = cardEdge();
    let reply: SamReply | undefined = first;
    let failures = 0;
    while (on === session) {
      failures = reply && isLook(reply) ? 0 : failures + 1;
      // The next link begins with the same questions, and says what is wrong.
      if (failures === tries) return on.link.close();
      if (reply?.status === samStatus.noCard) tell(edge.missed());
      if (reply?.status === samStatus.found && edge.found()) {
        const result = await readCard(on);
        if (on !== session) return;
        tell(edge.tried(result));
      }
      await pause(on);
      reply = await ask(on, 'find');
    }
  }

  return {
    async opened(link) {
      const mine: Session = { link };
      session = mine;
      await insist(mine, 'status', [samStatus.done]);
      const first = await insist(mine, 'find', looks);
      void watch(mine, first);
    },
    received(bytes) {
      waiting?.heard();
      take(decoder.push(bytes));
    },
    lost: stop,
    counts: () => ({ frames, frameErrors, ...(lastFrameAt === undefined ? {} : { lastFrameAt }) }),
    async close() {
      stop();
    },
  };
}

const looks: readonly string[] = [samStatus.found, samStatus.noCard];
const isLook = ({ status }: SamReply): boolean => looks.includes(status);

function unread(reply: SamReply | undefined): UnreadDocument {
  return reply ? { unread: 'refused', status: reply.status } : { unread: 'no-answer' };
}

function fault(detail: string): LinkFault {
  return { code: 'io', detail };
}
