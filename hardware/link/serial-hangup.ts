/**
 * Reading a Unix serial port so that a hang-up ends it.
 *
 * When a port goes away (USB unplugged, other end of a pseudo-terminal killed), `read` may give 0 bytes for ever.
 * serialport 13 then reads again at once, without end: the loss is never told and a core is kept busy. A port read
 * with VMIN 1 gives 0 bytes in no other case, so here that is the end. Reading in place when the port is readable
 * also spares two trips through the thread pool per swipe.
 */
import { readSync } from 'node:fs';

interface UnixPort {
  fd: number | null;
  poller: { once(event: 'readable', callback: (reason: Error | null) => void): unknown };
  read(buffer: Buffer, offset: number, length: number): Promise<{ buffer: Buffer; bytesRead: number }>;
}

/** Changes an open port's `read`; leaves alone what is not a Unix port. */
export function endAtHangup(port: unknown): void {
  if (!isUnixPort(port)) return;
  port.read = async (buffer, offset, length) => {
    for (;;) {
      // Closing rejects this with an error marked as cancelled, which serialport knows.
      await readable(port);
      if (port.fd === null) throw Object.assign(new Error('Port is not open'), { canceled: true });
      const bytesRead = readNow(port.fd, buffer, offset, length);
      if (bytesRead === 0) throw new Error('hung up');
      if (bytesRead !== undefined) return { buffer, bytesRead };
    }
  };
}

function isUnixPort(port: unknown): port is UnixPort {
  return typeof port === 'object' && port !== null && 'fd' in port && 'poller' in port && 'read' in port;
}

function readable({ poller }: UnixPort): Promise<void> {
  return new Promise((resolve, reject) => {
    poller.once('readable', (reason) => (reason ? reject(reason) : resolve()));
  });
}

/** Undefined when there is nothing after all. */
function readNow(fd: number, buffer: Buffer, offset: number, length: number): number | undefined {
  try {
    return readSync(fd, buffer, offset, length, null);
  } catch (reason) {
    const code = reason instanceof Error && 'code' in reason ? reason.code : undefined;
    if (code === 'EAGAIN' || code === 'EWOULDBLOCK' || code === 'EINTR') return undefined;
    throw reason;
  }
}
