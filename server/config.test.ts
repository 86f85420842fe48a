import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configKeys, parseConfig } from './config.ts';

describe('parseConfig', () => {
  it('has a default for everything', () => {
    expect(parseConfig({})).toEqual({
      ok: { dataDir: './data', port: 8080, host: '0.0.0.0', logLevel: 'info', demo: false },
    });
  });

  it('takes an empty value for not given', () => {
    const empty = Object.fromEntries(configKeys.map((key) => [key, ' ']));
    expect(parseConfig(empty)).toEqual(parseConfig({}));
  });

  it('reads every setting', () => {
    const { ok } = parseConfig({
      DATA_DIR: '/srv/gate',
      PORT: '443',
      HOST: '::',
      TLS_CERT: 'cert.pem',
      TLS_KEY: 'key.pem',
      LOG_LEVEL: 'warn',
      PUBLIC_URL: 'https://gate.school.example/',
      DEMO: '1',
    });
    expect(ok).toEqual({
      dataDir: '/srv/gate',
      port: 443,
      host: '::',
      tls: { certFile: 'cert.pem', keyFile: 'key.pem' },
      logLevel: 'warn',
      publicUrl: 'https://gate.school.example',
      demo: true,
    });
  });

  it('tells all faults at once, each by the name of its variable', () => {
    const { faults } = parseConfig({
      PORT: '70000',
      HOST: 'http://0.0.0.0',
      TLS_KEY: 'key.pem',
      LOG_LEVEL: 'loud',
      PUBLIC_URL: 'https://school.example/gate',
      DEMO: 'perhaps',
    });
    expect(faults?.map((fault) => fault.split(' ')[0])).toEqual([
      'PORT',
      'HOST',
      'LOG_LEVEL',
      'PUBLIC_URL',
      'DEMO',
      'TLS_CERT',
    ]);
    for (const fault of faults ?? []) expect(fault).toMatch(/\.$/);
  });

  it.each(['-1', '80a', '65536', '1e3', '8080.5'])('refuses the port %s', (PORT) => {
    expect(parseConfig({ PORT }).faults).toHaveLength(1);
  });

  it('refuses a certificate without its key', () => {
    expect(parseConfig({ TLS_CERT: 'cert.pem' }).faults).toEqual([
      'TLS_KEY is missing: TLS_CERT is given, and TLS needs both.',
    ]);
  });
});

describe('.env.example', () => {
  const lines = readFileSync(new URL('../.env.example', import.meta.url), 'utf8').split('\n');
  const settings = lines.flatMap((line) => {
    const [, name, value] = /^([A-Z_]+)=(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, value ?? ''] as const];
  });

  it('names exactly what the server reads', () => {
    expect(settings.map(([name]) => name).sort()).toEqual([...configKeys].sort());
  });

  it('shows the defaults', () => {
    expect(parseConfig(Object.fromEntries(settings))).toEqual(parseConfig({}));
  });
});
