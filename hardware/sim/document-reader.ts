/** The simulated resident ID card reader: a SAM_V module on a line that takes its time, and a card that people lay on. */
import { encodeCardData } from '../codec/sam-v/card-data.ts';
import { commandDecoder, encodeReply, type SamReply } from '../codec/sam-v/frame.ts';
import { foundBytes, samQuestions, samStatus, selectedBytes } from '../codec/sam-v/question.ts';
import { encodeTextBlock } from '../codec/sam-v/text-block.ts';
import { type SimParts, simBody } from './body.ts';
import type { SimulatedUnit } from './unit.ts';

/** A start bit, eight of data and a stop bit. */
const bitsPerByte = 10;
/** A command; each reply is longer. */
const commandBytes = 10;

export function simDocumentReader(parts: SimParts, model: string, baudRate: number): SimulatedUnit {
  const decoder = commandDecoder();
  /** How far the module is with the card that lies on it. */
  let card: { block: Uint8Array; state: 'laid-on' | 'found' | 'selected' | 'read' } | undefined;

  const wire = {
    stream: true,
    byteMs: (bitsPerByte * 1_000) / baudRate,
    // Replies alone: of a command that the module does not understand, nothing would be heard at all.
    damage: (message: Uint8Array[]) =>
      message.map((bytes) =>
        bytes.length > commandBytes ? bytes.with(-1, ((bytes.at(-1) ?? 0) + 1) & 0xff) : bytes,
      ),
  };
  const body = simBody(parts, wire, {
    received(bytes) {
      for (const item of decoder.push(bytes)) {
        const reply = item.ok ? answer(item.frame.code) : undefined;
        if (reply) body.tell([encodeReply(reply)]);
      }
    },
  });

  function answer(code: number): SamReply | undefined {
    switch (code) {
      case samQuestions.status.code:
        return says(samStatus.done);
      case samQuestions.find.code:
        if (!card || card.state === 'read') return says(samStatus.noCard);
        card.state = 'found';
        return says(samStatus.found, new Uint8Array(foundBytes));
      case samQuestions.select.code:
        if (card?.state !== 'found') return says(samStatus.notSelected);
        card.state = 'selected';
        return says(samStatus.done, new Uint8Array(selectedBytes));
      case samQuestions.read.code:
        if (card?.state !== 'selected') return says(samStatus.unreadable);
        card.state = 'read';
        return says(samStatus.done, encodeCardData(card.block));
      default:
        return undefined;
    }
  }

  return {
    open() {
      // It gets its power over the cable, and forgets with it which card it has read.
      if (card) card.state = 'laid-on';
      decoder.reset();
      return body.open();
    },
    device: {
      model,
      layCard(document) {
        card = { block: encodeTextBlock(document), state: 'laid-on' };
      },
      takeCard() {
        card = undefined;
      },
      misbehave: body.misbehave,
    },
  };
}

function says(status: string, data: Uint8Array = new Uint8Array(0)): SamReply {
  return { status, data };
}
