import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ByteLink, LinkFault } from '../ports.ts';
import { tcpOpener } from './tcp.ts';

let server: Server | undefined;
const links: ByteLink[] = [];
afterEach(async () => {
  for (const link of links.splice(0)) await link.close();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
});

/** A port that takes connections, and the first of them. */
async function listen(): Promise<{ port: number; socket: Promise<Socket> }> {
  let resolve: (socket: Socket) => void = () => undefined;
  const socket = new Promise<Socket>((settle) => {
    resolve = settle;
  });
  const opened = createServer(resolve);
  server = opened;
  await new Promise<void>((settle) => opened.listen(0, '127.0.0.1', settle));
  return { port: (opened.address() as AddressInfo).port, socket };
}

async function open(port: number): Promise<ByteLink> {
  const link = await tcpOpener().open({ kind: 'tcp', host: '127.0.0.1', port }, undefined, 'it');
  links.push(link);
  return link;
}

const closed = (link: ByteLink) => new Promise<LinkFault | undefined>((resolve) => link.onClose(resolve));

describe('a line behind TCP', () => {
  it('carries bytes both ways', async () => {
    const { port, socket } = await listen();
    const link = await open(port);
    const heard = new Promise<Uint8Array>((resolve) => link.onData(resolve));
    const there = await socket;
    const arrived = new Promise<Buffer>((resolve) => there.once('data', resolve));
    await link.write(Uint8Array.of(1, 2, 3));
    expect([...(await arrived)]).toEqual([1, 2, 3]);
    there.write(Uint8Array.of(4, 5));
    expect([...(await heard)]).toEqual([4, 5]);
  });

  it('is lost when the other end hangs up, and takes nothing more', async () => {
    const { port, socket } = await listen();
    const link = await open(port);
    const end = closed(link);
    link.onData(() => undefined);
    (await socket).destroy();
    expect(await end).toMatchObject({ code: 'unplugged' });
    await expect(link.write(Uint8Array.of(1))).rejects.toMatchObject({ code: 'unplugged' });
  });

  it('ends without a fault when it is closed here', async () => {
    const { port } = await listen();
    const link = await open(port);
    const end = closed(link);
    await link.close();
    expect(await end).toBeUndefined();
    await link.close();
  });

  it('says not-found where nobody listens, and unsupported of what is no network address', async () => {
    const { port } = await listen();
    await new Promise((resolve) => server?.close(resolve));
    server = undefined;
    await expect(open(port)).rejects.toMatchObject({ code: 'not-found' });
    await expect(tcpOpener().open({ kind: 'sim' }, undefined, 'it')).rejects.toMatchObject({
      code: 'unsupported',
    });
  });
});
