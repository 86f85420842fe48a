import { afterEach, describe, expect, it } from 'vitest';
import { type Problem, problem } from '../contract/problem.ts';
import { QuestionFault, RequestError, StoreFault } from '../errors.ts';
import type { Handlers } from './handler.ts';
import { png, requestOf, routeList, serve, stubHandlers } from './test-http.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function start(handlers: Partial<Handlers> = {}, more: Partial<Parameters<typeof serve>[0]> = {}) {
  const calls: [string, { body?: unknown; query?: unknown }][] = [];
  const stubs = stubHandlers((name, input) => calls.push([name, input as object]));
  const server = await serve({ ...more, handlers: { ...stubs, ...handlers } });
  open.push(server);
  return { ...server, calls };
}

async function problemIn(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const text = await response.text();
  expect(text).not.toMatch(/\bat .*:\d+:\d+|node_modules|\.ts\b/);
  const parsed = problem.strict().parse(JSON.parse(text));
  expect(parsed.status).toBe(response.status);
  expect(parsed.type).toBe(`urn:xiaomen:problem:${parsed.code}`);
  return parsed;
}

const json = { cookie: 'administrator', 'content-type': 'application/json' };
const addGate = (body: string, headers: Record<string, string> = {}) =>
  ['/api/gates', { method: 'POST', headers: { ...json, ...headers }, body }] as const;

describe('what comes in', () => {
  it('is validated and cleaned before the handler sees it', async () => {
    const { fetch, calls } = await start();
    await fetch(...addGate('{"name":"  South gate ","extra":1}'));
    expect(calls).toMatchObject([['gates.add', { body: { name: 'South gate' }, params: undefined }]]);
    expect(calls[0]?.[1].body).not.toHaveProperty('extra');
    await fetch('/api/log?limit=20&gateId=south', { headers: { cookie: 'guard' } });
    expect(calls[1]).toMatchObject(['log.list', { query: { limit: 20, gateId: 'south' } }]);
  });

  it('brings the reason to the record, beside who asks, and not into what is changed', async () => {
    const { fetch, calls } = await start();
    const by = { actorId: 'administrator-id', note: 'as agreed' };
    const send = (method: string, path: string, body: object) =>
      fetch(path, { method, headers: json, body: JSON.stringify(body) });
    await send('PATCH', '/api/gates/g', { name: 'South gate', reason: '  as agreed ' });
    expect(calls.at(-1)).toMatchObject(['gates.change', { by, body: { name: 'South gate' } }]);
    expect(calls.at(-1)?.[1].body).not.toHaveProperty('reason');
    await send('DELETE', '/api/readers/r', { reason: 'as agreed' });
    expect(calls.at(-1)).toMatchObject(['readers.remove', { by, body: undefined }]);
    await send('POST', '/api/gates', { name: 'South gate' });
    expect(calls.at(-1)?.[1]).toHaveProperty('by', { actorId: 'administrator-id' });
  });

  it.each([
    ['PATCH', '/api/gates/g', { name: 'South gate' }],
    ['PATCH', '/api/gates/g', { name: 'South gate', reason: ' ' }],
    ['DELETE', '/api/readers/r', {}],
    ['POST', '/api/accounts/a/reset', {}],
  ])('is refused when %s %s says no reason', async (method, path, body) => {
    const { fetch, calls } = await start();
    const { code, errors } = await problemIn(
      await fetch(path, { method, headers: json, body: JSON.stringify(body) }),
    );
    expect([code, errors?.map((each) => each.path)]).toEqual(['invalid-request', ['reason']]);
    expect(calls).toEqual([]);
  });

  it('is refused field by field', async () => {
    const { fetch, calls } = await start();
    const { code, errors } = await problemIn(
      await fetch('/api/setup', {
        method: 'POST',
        headers: json,
        body: JSON.stringify({
          administrator: { name: 'T', username: 'x', password: 'short' },
          timeZone: 'Mars',
        }),
      }),
    );
    expect(code).toBe('invalid-request');
    expect(errors?.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['token', 'timeZone', 'administrator.username', 'administrator.password']),
    );
    expect(calls).toEqual([]);
  });

  it.each([
    ['malformed JSON', addGate('{"name":'), 'invalid-request'],
    ['a bare word', addGate('South'), 'invalid-request'],
    ['too much', addGate(JSON.stringify({ name: 'x'.repeat(100_001) })), 'too-large'],
    [
      'another content type',
      addGate('name=South', { 'content-type': 'text/plain' }),
      'unsupported-media-type',
    ],
    [
      'an unknown charset',
      addGate('{}', { 'content-type': 'application/json; charset=x-klingon' }),
      'unsupported-media-type',
    ],
    ['a bad escape in the path', ['/api/people/%E0%A4%A', { headers: json }], 'invalid-request'],
    ['an unknown address', ['/api/no-such-thing', { headers: json }], 'not-found'],
    ['an unknown page', ['/no-such-page', {}], 'not-found'],
    ['a repeated query field', ['/api/log?gateId=a&gateId=b', { headers: json }], 'invalid-request'],
  ] as const)('may be %s', async (_, [path, init], code) => {
    const { fetch, calls } = await start();
    expect((await problemIn(await fetch(path, init))).code).toBe(code);
    expect(calls).toEqual([]);
  });

  it('must be a method that the address has', async () => {
    const { fetch } = await start();
    const response = await fetch('/api/gates', { method: 'DELETE', headers: json });
    expect(response.headers.get('allow')).toBe('POST');
    expect((await problemIn(response)).code).toBe('method-not-allowed');
  });

  it('must not come from a page of another site, if it changes anything', async () => {
    const { fetch, base, calls } = await start({}, { publicOrigin: 'https://gate.school.example' });
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign)
      expect((await problemIn(await fetch(...addGate('{"name":"x"}', headers)))).code).toBe('not-allowed');
    expect(calls).toEqual([]);
    const own: Record<string, string>[] = [
      { origin: base },
      { origin: 'https://gate.school.example' },
      { 'sec-fetch-site': 'same-origin' },
    ];
    for (const headers of own) expect((await fetch(...addGate('{"name":"x"}', headers))).status).toBe(200);
  });
});

describe('uploads', () => {
  const put = (body: Uint8Array<ArrayBuffer>, type = 'image/png') =>
    [
      '/api/people/someone/photo',
      { method: 'PUT', headers: { cookie: 'administrator', 'content-type': type }, body },
    ] as const;

  it('arrive as bytes', async () => {
    const { fetch, calls } = await start();
    expect((await fetch(...put(png))).status).toBe(200);
    expect(new Uint8Array(calls[0]?.[1].body as Uint8Array)).toEqual(png);
  });

  it.each([
    ['another type', put(png, 'image/gif'), 'unsupported-media-type'],
    ['a false name for the type', put(png, 'image/jpeg'), 'unsupported-media-type'],
    [
      'markup under the name of a picture',
      put(new TextEncoder().encode('<svg onload="x"/>')),
      'unsupported-media-type',
    ],
    ['nothing', put(new Uint8Array()), 'invalid-request'],
    ['more than the row allows', put(new Uint8Array(1_000_001)), 'too-large'],
  ] as const)('are refused with %s', async (_, [path, init], code) => {
    const { fetch, calls } = await start();
    expect((await problemIn(await fetch(path, init))).code).toBe(code);
    expect(calls).toEqual([]);
  });
});

describe('what goes out', () => {
  it('holds no field that the contract does not name', async () => {
    const gate = { id: 'south', name: 'South gate', position: 0, secret: 'kept back' };
    const { fetch } = await start({ 'gates.add': async () => gate });
    const response = await fetch(...addGate('{"name":"South gate"}'));
    expect(await response.json()).toEqual({ id: 'south', name: 'South gate', position: 0 });
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('is an internal error when a handler breaks the contract', async () => {
    const broken = {
      'gates.add': async () => ({ id: 'south', name: 3, position: 0 }),
    } as unknown as Handlers;
    const { fetch } = await start(broken);
    const { code, detail } = await problemIn(await fetch(...addGate('{"name":"x"}')));
    expect(code).toBe('internal');
    expect(detail).not.toContain('position');
  });

  it.each([
    [
      new RequestError('conflict', 'Already there.', { why: 'device.in-use', params: { lane: 'Lane 1' } }, [
        { path: 'name', message: 'taken' },
      ]),
      'conflict',
      'Already there.',
    ],
    [
      new StoreFault('full', new Error('SQLITE_FULL at /secret/place')),
      'store-unavailable',
      /disk of the server is full/,
    ],
    [new QuestionFault('too-long'), 'no-answer', /took too long/],
    [new QuestionFault('too-many'), 'no-answer', /Too many/],
    [new Error('a secret of the server'), 'internal', /noted/],
    ['a string', 'internal', /noted/],
  ] as const)('is a problem when %s is thrown', async (thrown, code, detail) => {
    const { fetch } = await start({ 'gates.add': () => Promise.reject(thrown) });
    const answer = await problemIn(await fetch(...addGate('{"name":"x"}')));
    expect(answer.code).toBe(code);
    expect(answer.detail).toMatch(detail);
  });

  it('says what exactly was wrong, and of what', async () => {
    const thrown = new RequestError('conflict', 'In use.', {
      why: 'device.in-use',
      params: { lane: 'Lane 1' },
    });
    const { fetch } = await start({ 'gates.add': () => Promise.reject(thrown) });
    expect(await problemIn(await fetch(...addGate('{"name":"x"}')))).toEqual({
      type: 'urn:xiaomen:problem:conflict',
      title: 'In conflict with what is there',
      status: 409,
      detail: 'In use.',
      code: 'conflict',
      why: 'device.in-use',
      params: { lane: 'Lane 1' },
    });
  });

  it.each(routeList)('of %s stays in no browser, allowed or refused', async (_, route) => {
    const { fetch } = await start();
    for (const cookie of ['administrator', undefined]) {
      const { path, init } = requestOf(route, cookie);
      const response = await fetch(path, init);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('etag')).toBeNull();
    }
  });

  it('may be a file', async () => {
    const { fetch } = await start();
    const response = await fetch('/api/photos/face', { headers: { cookie: 'guard' } });
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(png);
  });

  it('lets pages load from nowhere else', async () => {
    const { fetch } = await start();
    const { headers } = await fetch('/api/front');
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/https?:|upgrade-insecure|unsafe-eval|script-src[^;]*unsafe/);
    // The kiosk's decoder is WebAssembly; `eval` is refused there too.
    const kiosk = (await fetch('/kiosk/')).headers.get('content-security-policy');
    expect(kiosk).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('strict-transport-security')).toBeNull();
  });
});

describe('rates', () => {
  it('are limited per route', async () => {
    const { fetch } = await start({}, { rateFactor: 0.1 });
    const signIn = () =>
      fetch('/api/session', { method: 'POST', headers: json, body: '{"username":"a","password":"b"}' });
    expect((await signIn()).status).toBe(200);
    expect((await signIn()).status).toBe(200);
    const third = await signIn();
    expect(third.headers.get('retry-after')).toMatch(/^\d+$/);
    expect((await problemIn(third)).code).toBe('too-many-requests');
    expect((await fetch('/api/front')).status).toBe(200);
  });

  it('are counted for whom a proxy of this machine asks, and only when there is one', async () => {
    const ask = async (publicOrigin?: string) => {
      const { fetch } = await start({}, { rateFactor: 1 / 1200, ...(publicOrigin ? { publicOrigin } : {}) });
      const codes: number[] = [];
      for (const address of ['10.0.0.1', '10.0.0.2', '10.0.0.1'])
        codes.push((await fetch('/api/front', { headers: { 'x-forwarded-for': address } })).status);
      return codes;
    };
    expect(await ask('https://gate.school.example')).toEqual([200, 200, 429]);
    expect(await ask()).toEqual([200, 429, 429]);
  });

  it('are limited over all', async () => {
    const { fetch } = await start({}, { rateFactor: 3 / 1200 });
    const codes: number[] = [];
    for (let n = 0; n < 4; n++) codes.push((await fetch('/api/front')).status);
    expect(codes).toEqual([200, 200, 200, 429]);
  });
});
