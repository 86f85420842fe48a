/** What bad and foreign requests get from the whole server: an answer that says why, and nothing changed behind it. */
import { type IncomingHttpHeaders, request } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { capabilitiesOf } from '../server/contract/capabilities.ts';
import { problem } from '../server/contract/problem.ts';
import { png, requestOf, routeList } from '../server/http/test-http.ts';
import { administrator, startCampus, type TestCampus } from './harness.ts';
import { connected, cookieHeader, liveSocket } from './live-socket.ts';
import { ids } from './small-school.ts';

let campus: TestCampus;
const cookies = { administrator: '', auditor: '', host: '', guard: '' };

beforeAll(async () => {
  campus = await startCampus();
  for (const role of ['administrator', 'auditor', 'host', 'guard'] as const)
    cookies[role] = cookieHeader(await campus.browserCookies(role));
});
afterAll(() => campus.close());

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Byte for byte as given: `fetch` would tidy up the path. */
function ask(
  path: string,
  {
    method = 'GET',
    body,
    headers = {},
  }: { method?: string; body?: string | Uint8Array; headers?: Record<string, string> } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(campus.url);
    // Node gives no length to the body of a DELETE by itself.
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const sent = { ...length, ...headers };
    const asked = request({ hostname, port, path, method, headers: sent, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** The code of a well-made problem that tells nothing of the inside. */
function codeIn({ status, headers, text }: Answer): string {
  expect(headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(text).not.toMatch(/\bat .*:\d+:\d+|node_modules|\.[jt]s\b|SQLITE|prisma|xiaomen-test-/i);
  const parsed = problem.strict().parse(JSON.parse(text));
  expect(parsed.status).toBe(status);
  expect(parsed.detail).toMatch(/\.$/);
  return parsed.code;
}

const json = (role: keyof typeof cookies, body: string, more: Record<string, string> = {}) => ({
  method: 'POST',
  body,
  headers: { cookie: cookies[role], 'content-type': 'application/json', ...more },
});
const photo = (contentType: string, body: Uint8Array) => ({
  method: 'PUT',
  body,
  headers: { cookie: cookies.administrator, 'content-type': contentType },
});

describe('a request that is not well made changes nothing', () => {
  let head: number;
  beforeEach(() => {
    head = campus.app.campus.events.head().seq;
  });
  afterEach(() => {
    expect(campus.app.campus.events.head().seq).toBe(head);
  });

  const markup = new TextEncoder().encode('<svg onload="x"/>');
  const open = `/api/lanes/${ids.lane}/open`;
  it.each([
    ['malformed JSON', '/api/gates', () => json('administrator', '{"name":'), 'invalid-request'],
    [
      'a body that is too large',
      '/api/gates',
      () => json('administrator', `{"name":"${'x'.repeat(200_000)}"}`),
      'too-large',
    ],
    [
      'a form',
      '/api/gates',
      () => json('administrator', 'name=x', { 'content-type': 'application/x-www-form-urlencoded' }),
      'unsupported-media-type',
    ],
    [
      'a page that says it is a picture',
      '/api/people/person-ok/photo',
      () => photo('image/png', markup),
      'unsupported-media-type',
    ],
    [
      'a picture that is too large',
      '/api/people/person-ok/photo',
      () => photo('image/png', new Uint8Array(2_000_000)),
      'too-large',
    ],
    ['a picture of nobody', '/api/people/nobody/photo', () => photo('image/png', png), 'not-found'],
    [
      'a page of another site',
      open,
      () => json('administrator', '{"reason":"come in"}', { origin: 'https://evil.example' }),
      'not-allowed',
    ],
    [
      'a frame of another site',
      open,
      () => json('administrator', '{"reason":"come in"}', { 'sec-fetch-site': 'cross-site' }),
      'not-allowed',
    ],
    [
      'no session',
      open,
      () => ({
        method: 'POST',
        body: '{"reason":"come in"}',
        headers: { 'content-type': 'application/json' },
      }),
      'not-signed-in',
    ],
    [
      'a made-up session',
      open,
      () => json('administrator', '{"reason":"come in"}', { cookie: 'better-auth.session_token=x.y' }),
      'not-signed-in',
    ],
    ['no reason for an opening', open, () => json('guard', '{"reason":" "}'), 'invalid-request'],
    ['an unknown address', '/api/no/such', () => ({}), 'not-found'],
    ['an address of another method', '/api/gates', () => ({ method: 'OPTIONS' }), 'method-not-allowed'],
    ['an unknown method', '/api/front', () => ({ method: 'PROPFIND' }), 'method-not-allowed'],
    ['a path that climbs', '/api/../../package.json', () => ({}), 'not-found'],
    [
      'SQL in a filter',
      "/api/log?laneId=' OR 1=1 --".replaceAll(' ', '%20'),
      () => ({ headers: { cookie: cookies.host } }),
      'not-allowed',
    ],
  ])('%s', async (_, path, init, code) => {
    expect(codeIn(await ask(path, init()))).toBe(code);
    expect(campus.app.campus.hardware.simulated(ids.relay)?.channels?.()[0]).toBe(false);
  });

  it('SQL in a filter is a word like any other', async () => {
    const path = '/api/log?laneId=%27%20OR%201%3D1%20--';
    const { status, text } = await ask(path, { headers: { cookie: cookies.auditor } });
    expect({ status, rows: JSON.parse(text).rows }).toEqual({ status: 200, rows: [] });
  });

  it('a socket from a page of another site', async () => {
    const socket = liveSocket(campus.url, cookies.administrator);
    socket.io.opts.extraHeaders = { cookie: cookies.administrator, origin: 'https://evil.example' };
    await expect(connected(socket)).rejects.toThrow();
    socket.disconnect();
  });
});

describe('files', () => {
  it.each([
    '/../package.json',
    '/assets/../../../package.json',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/assets/%2e%2e%2f%2e%2e%2fserver/main.js',
    '/..\\..\\package.json',
    '/assets/....//....//package.json',
    '//etc/passwd',
    '/%00/../package.json',
    '/.env',
  ])('outside the screens are not given away: %s', async (path) => {
    const { status, headers, text } = await ask(path);
    // A path that no file has is a view of the one page, or not there.
    if (status === 200) expect(headers['content-type']).toMatch(/^text\/html/);
    else expect([400, 403, 404]).toContain(status);
    expect(text).not.toMatch(/"devDependencies"|root:|process\.env|DATA_DIR/);
    expect(text).not.toContain(process.cwd());
  });
});

describe('every answer', () => {
  it.each(['/', '/api/front', '/api/no/such'])(
    'carries the headers that browsers guard by: %s',
    async (path) => {
      const { headers } = await ask(path);
      expect(headers['content-security-policy']).toMatch(/default-src 'self'.*frame-ancestors 'none'/);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'x-frame-options': 'SAMEORIGIN',
      });
      expect(headers['x-powered-by']).toBeUndefined();
      expect(headers['access-control-allow-origin']).toBeUndefined();
    },
  );

  it('to HEAD is that of GET without its body', async () => {
    const { status, headers, text } = await ask('/api/front', { method: 'HEAD' });
    expect({ status, text }).toEqual({ status: 200, text: '' });
    expect(headers['content-type']).toMatch(/^application\/json/);
  });

  it('that names the methods is the same as the table', async () => {
    const { headers } = await ask(`/api/lanes/${ids.lane}/posture`, { method: 'DELETE' });
    expect(headers.allow).toBe('PUT');
  });

  it('that signs in sets cookies which no script and no other site can use', async () => {
    const { username, password } = administrator;
    const body = JSON.stringify({ username, password });
    const { status, headers } = await ask('/api/session', json('administrator', body, { cookie: '' }));
    expect(status).toBe(200);
    const set = headers['set-cookie'] ?? [];
    expect(set.length).toBeGreaterThan(0);
    for (const cookie of set) {
      expect(cookie).toMatch(/;\s*HttpOnly/i);
      expect(cookie).toMatch(/;\s*SameSite=Strict/i);
      expect(cookie).toMatch(/;\s*Path=\//i);
    }
  });
});

describe('rights hold in the whole server', () => {
  const given = (role: 'host' | 'auditor') =>
    routeList.filter(
      ([, { allow }]) => allow === 'public' || allow === 'session' || capabilitiesOf[role].includes(allow),
    );
  const kept = (role: 'host' | 'auditor') => {
    const open = new Set(given(role).map(([name]) => name));
    return routeList.filter(([name]) => !open.has(name));
  };

  it('a host reads neither the log nor the people nor the gates', async () => {
    const closed = kept('host');
    expect(closed.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        'log.list',
        'people.list',
        'people.get',
        'photos.get',
        'campus.get',
        'alarms.list',
        'accounts.list',
      ]),
    );
    for (const [name, route] of closed) {
      const { path, init } = requestOf(route, cookies.host);
      expect([name, codeIn(await ask(path, init as Parameters<typeof ask>[1]))]).toEqual([
        name,
        'not-allowed',
      ]);
    }
  });

  it('an auditor changes nothing', async () => {
    const changing = given('auditor').filter(
      ([, { method, allow }]) => method !== 'GET' && allow !== 'public',
    );
    // Their own session; an export is no change, but stands in the record; a code is asked for in a body.
    const own = (name: string) =>
      name.startsWith('session.') || ['visits.export', 'visits.find', 'visits.search'].includes(name);
    expect(changing.filter(([name]) => !own(name)).map(([name]) => name)).toEqual([]);
    const { seq } = campus.app.campus.events.head();
    for (const [name, route] of kept('auditor')) {
      const { path, init } = requestOf(route, cookies.auditor);
      expect([name, codeIn(await ask(path, init as Parameters<typeof ask>[1]))]).toEqual([
        name,
        'not-allowed',
      ]);
    }
    expect(campus.app.campus.events.head().seq).toBe(seq);
  });
});

it('an address that asks too much is told to wait, and still gets the page', async () => {
  const small = await startCampus({ rateFactor: 0.1 });
  try {
    const get = (path: string) => fetch(small.url + path);
    let last = await get('/api/front');
    for (let n = 0; n < 120 && last.status === 200; n++) last = await get('/api/front');
    expect(last.status).toBe(429);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(problem.parse(await last.json()).code).toBe('too-many-requests');
    expect((await get('/')).status).not.toBe(429);
  } finally {
    await small.close();
  }
});
