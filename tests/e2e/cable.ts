/** A cable between a browser and a server: an address that stays while it is cut, joined again, or led elsewhere. */
import { connect, createServer, type Socket } from 'node:net';

export interface Cable {
  readonly url: string;
  /** All that goes through it breaks off, and nothing new gets through. */
  cut(): void;
  /** To this server from now on. */
  join(url: string): void;
  close(): Promise<void>;
}

export async function openCable(url: string): Promise<Cable> {
  let target: URL | undefined = new URL(url);
  const ends = new Set<Socket>();

  function keep(socket: Socket, other: Socket): void {
    ends.add(socket);
    // Whatever breaks one end breaks the other.
    socket.on('error', () => other.destroy());
    socket.on('close', () => {
      ends.delete(socket);
      other.destroy();
    });
  }

  const server = createServer((near) => {
    if (!target) {
      near.destroy();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    keep(near, far);
    keep(far, near);
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };

  function cut(): void {
    target = undefined;
    for (const end of ends) end.destroy();
  }

  return {
    url: `http://127.0.0.1:${port}`,
    cut,
    join(next) {
      target = new URL(next);
    },
    close() {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
