import { describe, expect, it } from 'vitest';
import { joinedLink } from './joined-link.ts';
import { settle } from './manual-clock.ts';

describe('joinedLink', () => {
  it('delivers both ways in order, and keeps what came before anybody listened', async () => {
    const board: number[] = [];
    const { host, device } = joinedLink({ received: (bytes) => board.push(...bytes) });
    device.send(Uint8Array.of(1));
    await settle();
    const heard: number[] = [];
    host.onData((bytes) => heard.push(...bytes));
    device.send(Uint8Array.of(2));
    device.send(Uint8Array.of(3));
    await Promise.all([host.write(Uint8Array.of(4)), host.write(Uint8Array.of(5))]);
    expect(heard).toEqual([1, 2, 3]);
    expect(board).toEqual([4, 5]);
  });

  it('drops what is under way when it is cut, tells it once, and refuses to write', async () => {
    const { host, device } = joinedLink({ received: () => undefined });
    const heard: number[] = [];
    const ends: unknown[] = [];
    host.onData((bytes) => heard.push(...bytes));
    host.onClose((fault) => ends.push(fault));
    device.send(Uint8Array.of(1));
    const fault = { code: 'unplugged' as const, detail: 'pulled' };
    device.cut(fault);
    device.cut(fault);
    await settle();
    expect(heard).toEqual([]);
    expect(ends).toEqual([fault]);
    await expect(host.write(Uint8Array.of(1))).rejects.toMatchObject({ code: 'unplugged' });
  });

  it('tells no fault when the host closes', async () => {
    const { host, device } = joinedLink({ received: () => undefined });
    const ends: unknown[] = [];
    host.onClose((fault) => ends.push(fault));
    await host.close();
    expect(ends).toEqual([undefined]);
    expect(device.open).toBe(false);
  });
});
