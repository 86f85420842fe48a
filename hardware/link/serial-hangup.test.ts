import { closeSync, openSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { endAtHangup } from './serial-hangup.ts';

/** A port as serialport's Unix bindings make it, on any file. */
function portOn(path: string, told: Error | null = null) {
  const port = {
    fd: openSync(path, 'r') as number | null,
    poller: { once: (_: 'readable', callback: (reason: Error | null) => void) => callback(told) },
    read: (
      _buffer: Buffer,
      _offset: number,
      _length: number,
    ): Promise<{ buffer: Buffer; bytesRead: number }> => Promise.reject(new Error('not replaced')),
  };
  const opened = port.fd;
  endAtHangup(port);
  return { port, close: () => opened !== null && closeSync(opened) };
}

const buffer = Buffer.alloc(8);

describe('endAtHangup', () => {
  it('takes a read of 0 bytes for the end', async () => {
    const { port, close } = portOn('/dev/null');
    await expect(port.read(buffer, 0, 8)).rejects.toThrow('hung up');
    close();
  });

  it('reads into the place asked for', async () => {
    const { port, close } = portOn('/dev/zero');
    buffer.fill(1);
    expect(await port.read(buffer, 2, 4)).toEqual({ buffer, bytesRead: 4 });
    expect([...buffer]).toEqual([1, 1, 0, 0, 0, 0, 1, 1]);
    close();
  });

  it('hands on what the poller says, and that the port was closed meanwhile', async () => {
    const ebadf = new Error('bad file descriptor');
    const broken = portOn('/dev/null', ebadf);
    await expect(broken.port.read(buffer, 0, 8)).rejects.toBe(ebadf);
    broken.close();
    const closed = portOn('/dev/null');
    closed.close();
    closed.port.fd = null;
    await expect(closed.port.read(buffer, 0, 8)).rejects.toMatchObject({ canceled: true });
  });

  it('leaves other ports alone', () => {
    const windows = { isOpen: true, read: () => 'its own' };
    endAtHangup(windows);
    expect(windows.read()).toBe('its own');
  });
});
