import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { capabilitiesOf, role } from '../contract/capabilities.ts';
import type { Problem } from '../contract/problem.ts';
import { requestOf, routeList, serve, stubHandlers } from './test-http.ts';

/** Every route × every role and nobody, against the table alone. */
let reached: string[] = [];
let server: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  server = await serve({ handlers: stubHandlers((name) => reached.push(name)) });
});
afterAll(() => server.close());

async function ask(route: (typeof routeList)[number][1], cookie?: string) {
  reached = [];
  const { path, init } = requestOf(route, cookie);
  const response = await server.fetch(path, init);
  const code = response.ok ? 'ok' : ((await response.json()) as Problem).code;
  return { code, reached };
}

it('who sees the log sees alarms: nobody is told of a silent one who may not know', () => {
  const blind = role.options.filter(
    (held) => capabilitiesOf[held].includes('log.read') && !capabilitiesOf[held].includes('alarms.read'),
  );
  expect(blind).toEqual([]);
});

describe.each(routeList)('%s', (name, route) => {
  it.each(role.options)('asked by the role %s', async (held) => {
    const { allow } = route;
    const allowed = allow === 'public' || allow === 'session' || capabilitiesOf[held].includes(allow);
    expect(await ask(route, held)).toEqual(
      allowed ? { code: 'ok', reached: [name] } : { code: 'not-allowed', reached: [] },
    );
  });

  it('asked by nobody', async () => {
    expect(await ask(route)).toEqual(
      route.allow === 'public' ? { code: 'ok', reached: [name] } : { code: 'not-signed-in', reached: [] },
    );
  });

  it('asked with a temporary password', async () => {
    const open = route.allow === 'public' || name.startsWith('session.');
    expect(await ask(route, 'administrator!')).toEqual(
      open || route.allow === 'kiosk.use'
        ? { code: open ? 'ok' : 'not-allowed', reached: open ? [name] : [] }
        : { code: 'not-allowed', reached: [] },
    );
  });
});
