import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve, stubHandlers } from './test-http.ts';

let folder: string;
let server: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xiaomen-screens-'));
  mkdirSync(join(folder, 'admin', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'admin', 'index.html'), '<title>admin</title>');
  writeFileSync(join(folder, 'admin', 'assets', 'main-4f2a.js'), 'let a');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  server = await serve({
    handlers: stubHandlers(() => {}),
    screens: { admin: join(folder, 'admin'), kiosk: join(folder, 'kiosk'), pass: join(folder, 'pass') },
  });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

describe('the built screens', () => {
  it.each(['/', '/people', '/people/some-one', '/kiosk'])(
    'answer %s with the page, never kept',
    async (path) => {
      const response = await server.fetch(path);
      expect(response.headers.get('content-type')).toMatch(/^text\/html/);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
      expect(await response.text()).toBe('<title>admin</title>');
    },
  );

  it('keep files with a hash in their name for ever', async () => {
    const response = await server.fetch('/assets/main-4f2a.js');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-type')).toMatch(/javascript/);
  });

  it.each([
    ['/assets/main-old.js', 404],
    ['/api/nothing', 404],
    ['/assets/..%2f..%2fsecret.txt', 400],
  ])('do not answer %s with the page', async (path, status) => {
    const response = await server.fetch(path);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await response.text()).not.toContain('secret');
    expect(response.status).toBe(status);
  });

  it('are only read', async () => {
    expect((await server.fetch('/', { method: 'POST' })).status).toBe(404);
  });
});
