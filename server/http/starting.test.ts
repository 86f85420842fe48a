import { afterEach, expect, it } from 'vitest';
import { problem } from '../contract/problem.ts';
import { closeServer, createWebServer, listen } from './listen.ts';
import { starting } from './starting.ts';

const server = createWebServer(undefined, starting);
afterEach(() => closeServer(server, () => () => {}));

it('tells a request that comes too early to come again', async () => {
  const port = await listen(server, 0, '127.0.0.1');
  const response = await fetch(`http://127.0.0.1:${port}/api/front`, { headers: { connection: 'close' } });
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('retry-after')).toBe('1');
  expect(problem.strict().parse(await response.json())).toMatchObject({
    code: 'store-unavailable',
    status: response.status,
  });
});
