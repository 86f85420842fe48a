import { afterEach, describe, expect, it } from 'vitest';
import { type TestCampus, testCampus } from '../../tests/lane-store.ts';
import { lossesTold, steadyMs } from './damper.ts';
import { deviceWatch } from './device-watch.ts';

let campus: TestCampus | undefined;
afterEach(async () => {
  await campus?.close();
  campus = undefined;
});

const status = (state: 'online' | 'offline', deviceId = 'd') =>
  ({ deviceId, state, since: 0, frames: 0, frameErrors: 0 }) as const;

describe('a device that comes and goes', () => {
  it('is told each time while that is news, then stays off line until it has held', () => {
    const watch = deviceWatch(new Set());
    const told: string[] = [];
    const look = (state: 'online' | 'offline', now: number) => {
      const event = watch.event(status(state), now);
      if (event) told.push(event.type);
    };
    let now = 0;
    for (; now < 1000 * 2000; now += 2000) {
      look('offline', now);
      look('online', now + 1000);
    }
    expect(told).toHaveLength(2 * lossesTold - 1);
    expect(told.at(-1)).toBe('device.offline');
    const back = now - 1000;
    expect(watch.due()).toBe(back + steadyMs);
    expect(watch.steady(back + steadyMs - 1)).toEqual([]);
    expect(watch.event(status('offline', 'other'), now)).toMatchObject({ type: 'device.offline' });
    expect(watch.event(status('online', 'other'), now)).toMatchObject({ type: 'device.online' });
    expect(watch.steady(back + steadyMs)).toEqual([{ type: 'device.online', data: { deviceId: 'd' } }]);
    expect(watch.due()).toBeUndefined();
    // The next loss is news again.
    expect(watch.event(status('offline'), back + steadyMs + 1)).toMatchObject({ type: 'device.offline' });
  });

  it('is a new one after an hour, and when it was removed', () => {
    for (const later of [0, 3_600_000]) {
      const watch = deviceWatch(new Set());
      for (let n = 1; n < lossesTold; n += 1) {
        watch.event(status('offline'), n);
        watch.event(status('online'), n);
      }
      if (later === 0) watch.forget('d');
      for (let n = 1; n < lossesTold; n += 1) {
        expect(watch.event(status('offline'), 100 + later + n)?.type).toBe('device.offline');
        expect(watch.event(status('online'), 100 + later + n)?.type).toBe('device.online');
      }
    }
  });

  it('fills neither the log nor the list of alarms', async () => {
    campus = await testCampus();
    const reader = campus.hardware.simulated('reader');
    const states: string[] = [];
    campus.hardware.on('status', ({ state }) => states.push(state));
    for (let n = 0; n < 40; n += 1) {
      reader?.misbehave({ unplugged: true });
      await campus.pass(1_000);
      reader?.misbehave({ unplugged: false });
      await campus.pass(6_000);
    }
    const types = ['device.offline', 'device.online'] as const;
    expect(states.filter((state) => state === 'online')).toHaveLength(40);
    expect(await campus.logged(...types)).toHaveLength(2 * lossesTold - 1);
    await campus.pass(steadyMs);
    expect((await campus.logged(...types)).at(-1)).toMatchObject({
      type: 'device.online',
      data: { deviceId: 'reader' },
    });
  });
});
