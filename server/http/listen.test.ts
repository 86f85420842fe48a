import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { manualClock } from '../../hardware/sim/manual-clock.ts';
import { StartFault } from '../errors.ts';
import { closeServer, createWebServer, listen, listenFault, urlOf } from './listen.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function faultOf(work: () => unknown): StartFault {
  try {
    work();
  } catch (error) {
    if (error instanceof StartFault) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('listening', () => {
  it('tells the port that the system chose, and one sentence when it is taken', async () => {
    const first = createWebServer(undefined);
    const second = createWebServer(undefined);
    closing.push(() => first.close());
    const port = await listen(first, 0, '127.0.0.1');
    expect(port).toBeGreaterThan(0);
    const fault = await listen(second, port, '127.0.0.1').catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(StartFault);
    expect(fault).toMatchObject({ code: 'port-in-use', message: expect.stringContaining(`${port}`) });
  });

  it('takes so many connections at once and no more', async () => {
    const server = createWebServer(undefined, (_, response) => response.end('served'), 2);
    closing.push(() => server.close());
    const port = await listen(server, 0, '127.0.0.1');
    const served: Socket[] = [];
    const both = new Promise<void>((resolve) => {
      server.on('connection', (socket) => served.push(socket) === 2 && resolve());
    });
    const held = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
    closing.push(() => held.map((each) => each.destroy()));
    await both;
    const third = connect(port, '127.0.0.1').on('error', () => {});
    await new Promise((resolve) => third.once('close', resolve));
    expect(served).toHaveLength(2);
    const left = new Promise((resolve) => served[0]?.once('close', resolve));
    for (const each of held) each.destroy();
    await left;
    const answer = await fetch(`http://127.0.0.1:${port}`, { headers: { connection: 'close' } });
    expect(await answer.text()).toBe('served');
  });

  it('tells when the address is not this machine’s', async () => {
    // 192.0.2.0/24 is for documentation and nobody's own.
    const fault = await listen(createWebServer(undefined), 0, '192.0.2.1').catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: 'address-not-available' });
  });

  it.each([
    ['EACCES', 'port-in-use', '1024'],
    ['EADDRNOTAVAIL', 'address-not-available', '10.9.9.9'],
    ['ENOTFOUND', 'address-not-available', '10.9.9.9'],
  ])('says %s in a sentence', (code, startCode, word) => {
    const fault = listenFault(Object.assign(new Error('x'), { code }), 80, '10.9.9.9');
    expect(fault).toMatchObject({ code: startCode, message: expect.stringContaining(word) });
  });

  it('hands on an error that it does not know', () => {
    const error = Object.assign(new Error('x'), { code: 'EMFILE' });
    expect(listenFault(error, 80, 'h')).toBe(error);
  });
});

describe('TLS files', () => {
  const folder = () => {
    const path = mkdtempSync(join(tmpdir(), 'xiaomen-tls-'));
    closing.push(() => rmSync(path, { recursive: true }));
    return path;
  };

  it('are named when they are not there', () => {
    const certFile = join(folder(), 'cert.pem');
    const fault = faultOf(() => createWebServer({ certFile, keyFile: certFile }));
    expect(fault.code).toBe('tls');
    expect(fault.message).toBe(`The file ${certFile} that TLS_CERT names is not there.`);
  });

  it('are named when they are no certificates', () => {
    const path = folder();
    const [certFile, keyFile] = [join(path, 'cert.pem'), join(path, 'key.pem')];
    writeFileSync(certFile, 'no certificate');
    writeFileSync(keyFile, 'no key');
    const fault = faultOf(() => createWebServer({ certFile, keyFile }));
    expect(fault.code).toBe('tls');
    expect(fault.message).toContain(certFile);
    expect(fault.message).not.toMatch(/\bat /);
  });

  it('may not be a folder', () => {
    const path = folder();
    expect(faultOf(() => createWebServer({ certFile: path, keyFile: path })).message).toContain(
      'cannot be read',
    );
  });
});

describe('closing', () => {
  it('answers what is in flight first', async () => {
    let finish = () => {};
    const asked = new Promise<void>((arrived) => {
      const server = createWebServer(undefined, (_, response) => {
        finish = () => response.end('done');
        arrived();
      });
      closing.push(() => server.close());
      void listen(server, 0, '127.0.0.1').then((port) => {
        answer = ask(port);
        close = () => closeServer(server, manualClock().after);
      });
    });
    let answer: Promise<string> = Promise.resolve('');
    let close = () => Promise.resolve();
    await asked;
    const closed = close();
    finish();
    expect(await answer).toBe('done');
    await closed;
  });

  it('does not wait for a connection that was answered and is kept alive', async () => {
    const clock = manualClock();
    const agent = new Agent({ keepAlive: true });
    let finish = () => {};
    const server = createWebServer(undefined, (_, response) => {
      finish = () => response.end('done');
      arrived();
    });
    let arrived = () => {};
    const asked = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const answer = ask(await listen(server, 0, '127.0.0.1'), agent);
    await asked;
    const closed = closeServer(server, clock.after, 5000);
    finish();
    expect(await answer).toBe('done');
    await clock.advanceAsync(1000);
    await closed;
    agent.destroy();
  });

  it('cuts off what takes too long', async () => {
    const clock = manualClock();
    let arrived = () => {};
    const asked = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const server = createWebServer(undefined, () => arrived());
    const answer = ask(await listen(server, 0, '127.0.0.1')).catch((error: Error) => error.message);
    await asked;
    const closed = closeServer(server, clock.after, 5000);
    clock.advance(5000);
    await closed;
    expect(await answer).toMatch(/hang up|ECONNRESET/);
  });
});

function ask(port: number, agent: Agent | false = false): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', agent }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve(text));
    }).on('error', reject);
  });
}

describe('urlOf', () => {
  it.each([
    ['0.0.0.0', 8080, false, 'http://localhost:8080'],
    ['::', 443, true, 'https://localhost'],
    ['fe80::1', 8080, false, 'http://[fe80::1]:8080'],
    ['10.0.0.5', 80, false, 'http://10.0.0.5'],
    ['10.0.0.5', 80, true, 'https://10.0.0.5:80'],
  ])('%s port %i', (host, port, secure, url) => {
    expect(urlOf(host, port, secure)).toBe(url);
  });
});
