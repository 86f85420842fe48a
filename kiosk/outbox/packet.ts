/** A registration with its pictures as one row of bytes, and back; pure. */
import type { Registration } from '../flow/words.ts';

export interface Packet {
  registration: Registration;
  /** When the visitor was there; ms. */
  madeAt: number;
  photo?: Blob;
  signature?: Blob;
}

interface Head {
  registration: Registration;
  madeAt: number;
  photo: Part | null;
  signature: Part | null;
}
interface Part {
  type: string;
  length: number;
}

/** Four bytes of the head's length, big-endian · the head as JSON · photo · signature. */
export async function pack({
  registration,
  madeAt,
  photo,
  signature,
}: Packet): Promise<Uint8Array<ArrayBuffer>> {
  const part = (blob?: Blob) => (blob ? { type: blob.type, length: blob.size } : null);
  const head: Head = { registration, madeAt, photo: part(photo), signature: part(signature) };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, text.length);
  const whole = new Blob([length, text, photo ?? '', signature ?? '']);
  return new Uint8Array(await whole.arrayBuffer());
}

export function unpack(bytes: Uint8Array<ArrayBuffer>): Packet {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as Head;
  let at = 4 + length;
  const take = (part: Part | null) => {
    if (part === null) return undefined;
    const blob = new Blob([bytes.subarray(at, at + part.length)], { type: part.type });
    at += part.length;
    return blob;
  };
  const photo = take(head.photo);
  const signature = take(head.signature);
  const { registration, madeAt } = head;
  return { registration, madeAt, ...(photo ? { photo } : {}), ...(signature ? { signature } : {}) };
}
