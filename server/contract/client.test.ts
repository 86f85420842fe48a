import { expect, it } from 'vitest';
import { ApiError, createClient } from './client.ts';

/** An answer whose body breaks off. */
const broken = (status: number) => {
  const body = new ReadableStream({ start: (stream) => stream.error(new Error('cut')) });
  return new Response(body, { status });
};

it('takes an answer that breaks off for none, and a refusal that does for a refusal', async () => {
  const asked = (status: number) =>
    createClient('', async () => broken(status))('session.get').catch((error: unknown) => error);
  const cut = await asked(200);
  expect(cut).toBeInstanceOf(ApiError);
  expect(cut).toMatchObject({ message: 'cut', problem: undefined });
  expect(await asked(403)).toBeInstanceOf(ApiError);
});
