/**
 * The data of a read reply (command 30 01): how long the text and the photo are, and both.
 *
 *   text bytes 01 00 | photo bytes 04 00 | text 256 | photo 1024       numbers with their high byte first
 *
 * The photo is a WLT picture, for which there is no open decoder: it is dropped here, where it comes in.
 * Source: the read command in the tables named in frame.ts.
 */
import { textBlockBytes } from './text-block.ts';

const photoBytes = 1024;
const lengths = [textBlockBytes, photoBytes].flatMap((count) => [count >> 8, count & 0xff]);
const cardDataBytes = lengths.length + textBlockBytes + photoBytes;

/** The text block; undefined for data of any other lengths. */
export function decodeCardData(data: Uint8Array): Uint8Array | undefined {
  if (data.length !== cardDataBytes || lengths.some((byte, at) => data[at] !== byte)) return undefined;
  return data.subarray(lengths.length, lengths.length + textBlockBytes);
}

/** What a simulated reader sends for a card, its photo blank. A RangeError when the block is not 256 bytes. */
export function encodeCardData(block: Uint8Array): Uint8Array {
  if (block.length !== textBlockBytes) throw new RangeError(`no text block has ${block.length} bytes`);
  const data = new Uint8Array(cardDataBytes);
  data.set(lengths);
  data.set(block, lengths.length);
  return data;
}
