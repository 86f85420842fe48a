/** What a client asks over the socket, and the answer it gets. */
import type { z } from 'zod';
import type { Ack } from '../contract/socket.ts';

/** Undefined, and told so, for what is not of this shape. */
export function parsed<T>(schema: z.ZodType<T>, request: unknown, ack: (answer: Ack) => void): T | undefined {
  const { success, data } = schema.safeParse(request);
  if (!success) answer(ack, { ok: false, code: 'invalid-request' });
  return data;
}

/** A client of other making may send anything in the place of the acknowledgement. */
export function answer(ack: unknown, told: Ack): void {
  if (typeof ack === 'function') ack(told);
}
