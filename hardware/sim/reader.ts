/** Simulated readers: they talk by themselves, in their model's own bytes. */
import { encodeKeystrokes, type KeyboardEnd } from '../codec/hid-keyboard.ts';
import { encodeHidPos, hidPosLayout } from '../codec/hid-pos.ts';
import { formatLine, type LineMeaning } from '../codec/line-meaning.ts';
import { encodeRdm6300, type Rdm6300Layout } from '../codec/rdm6300.ts';
import { encodeLine, type TextLineOptions } from '../codec/text-line.ts';
import type { Credential } from '../credential.ts';
import { HardwareError } from '../errors.ts';
import { type SimParts, simBody } from './body.ts';
import type { Wire } from './rude-line.ts';
import type { SimulatedUnit } from './unit.ts';

export interface Voice {
  wire: Wire;
  /** The message that stands for a credential; undefined when this reader can't send it. */
  message(credential: Credential): Uint8Array[] | undefined;
}

export function simReader(parts: SimParts, model: string, voice: Voice): SimulatedUnit {
  const body = simBody(parts, voice.wire, { received: () => undefined });
  const refusalOf = ({ technology, bits }: Credential) =>
    `a ${model} reader set up like this can't read ${technology} of ${bits} bits`;
  return {
    open: body.open,
    device: {
      model,
      present(credential) {
        const message = voice.message(credential);
        if (!message) throw new HardwareError('not-presentable', refusalOf(credential));
        body.tell(message);
      },
      cannotPresent: (credential) => (voice.message(credential) ? undefined : refusalOf(credential)),
      misbehave: body.misbehave,
    },
  };
}

export function rdm6300Voice(layout: Rdm6300Layout): Voice {
  // Byte 12 is the second digit of the checksum: another digit, and the sum is wrong.
  const damage = (frame: Uint8Array) => frame.with(12, frame[12] === 0x30 ? 0x31 : 0x30);
  return {
    wire: { stream: true, damage: (message) => message.map(damage) },
    message(credential) {
      const frame = encodeRdm6300(credential, layout);
      return frame && [frame];
    },
  };
}

export function textLineVoice(options: TextLineOptions): Voice {
  return {
    // A line has no checksum: damage is a byte that no text holds, just before the end.
    wire: {
      stream: true,
      damage: (message) =>
        message.map((line) => line.with(Math.max(0, line.length - options.suffix.length - 1), 0xff)),
    },
    message(credential) {
      const line = formatLine(credential, options);
      return line === undefined ? undefined : [encodeLine(line, options)];
    },
  };
}

/** F1 pressed and released: a key that types nothing. */
const functionKey = [Uint8Array.of(0, 0, 0x3a, 0, 0, 0, 0, 0), new Uint8Array(8)];
/** More keys down than the keyboard can tell. */
const rollOver = Uint8Array.of(0, 0, 1, 1, 1, 1, 1, 1);

export function keyboardVoice(meaning: LineMeaning, end: KeyboardEnd): Voice {
  return {
    wire: {
      stream: false,
      damage: (message) => [...functionKey, ...message],
      noise: (count) => Array.from({ length: count }, () => rollOver),
    },
    message(credential) {
      const line = formatLine(credential, meaning);
      return line === undefined ? undefined : encodeKeystrokes(line, { end });
    },
  };
}

export function hidPosVoice(meaning: LineMeaning): Voice {
  const foreign = new Uint8Array(hidPosLayout.reportBytes).fill(0x7f, 0, 1);
  return {
    wire: {
      stream: false,
      damage: (message) => message.map((report) => report.with(hidPosLayout.lengthAt, 0xff)),
      noise: (count) => Array.from({ length: count }, () => foreign),
    },
    message(credential) {
      const line = formatLine(credential, meaning);
      return line === undefined ? undefined : encodeHidPos(line);
    },
  };
}
