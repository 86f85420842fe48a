import { describe, expect, it } from 'vitest';
import { manualClock } from '../../hardware/sim/manual-clock.ts';
import { type Attempt, createThrottle, throttleRules } from './throttle.ts';

function begin(throttle: ReturnType<typeof createThrottle>, account: string, address: string): Attempt {
  const begun = throttle.begin(account, address);
  if (!('succeeded' in begun)) throw new Error(`must wait ${begun.waitMs} ms`);
  return begun;
}

describe('createThrottle', () => {
  it('makes an account wait after its free failures, each time twice as long, up to a minute', () => {
    const clock = manualClock();
    const throttle = createThrottle(clock);
    for (let n = 0; n < throttleRules.account.free; n++) begin(throttle, 'lin', `10.0.0.${n}`);
    const waits: number[] = [];
    for (let n = 0; n < 9; n++) {
      const { waitMs } = throttle.begin('lin', '10.0.1.1');
      waits.push(waitMs);
      clock.advance(waitMs - 1);
      expect(throttle.begin('lin', '10.0.1.1').waitMs).toBe(1);
      clock.advance(1);
      begin(throttle, 'lin', `10.0.2.${n}`);
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('makes an address wait that tries many accounts, and leaves other addresses alone', () => {
    const throttle = createThrottle(manualClock());
    for (let n = 0; n < throttleRules.address.free; n++) begin(throttle, `name${n}`, '10.0.0.9');
    expect(throttle.begin('another', '10.0.0.9').waitMs).toBe(1000);
    expect(throttle.begin('another', '10.0.0.8').waitMs).toBe(0);
  });

  it('takes all addresses of an IPv6 network for one, and an IPv4 address mapped into IPv6 for itself', () => {
    const throttle = createThrottle(manualClock());
    const { free } = throttleRules.address;
    for (let n = 0; n < free; n++) begin(throttle, `name${n}`, `2001:db8:0:1::${n.toString(16)}`);
    expect(throttle.begin('another', '2001:db8:0:1:ffff::1').waitMs).toBe(1000);
    expect(throttle.begin('another', '2001:db8:0:2::1').waitMs).toBe(0);
    for (let n = 0; n < free; n++) begin(throttle, `other${n}`, n % 2 ? '192.0.2.7' : '::ffff:192.0.2.7');
    expect(throttle.begin('a third', '192.0.2.7').waitMs).toBe(1000);
    expect(throttle.begin('a third', '::ffff:192.0.2.8').waitMs).toBe(0);
  });

  it('counts attempts that are still running', () => {
    const throttle = createThrottle(manualClock());
    const running = Array.from({ length: throttleRules.account.free }, () => begin(throttle, 'lin', 'a'));
    expect(throttle.begin('lin', 'a').waitMs).toBeGreaterThan(0);
    for (const attempt of running) attempt.voided();
    expect(throttle.begin('lin', 'a').waitMs).toBe(0);
  });

  it('forgets the account at a success, but not what else the address did', () => {
    const throttle = createThrottle(manualClock());
    for (let n = 0; n < throttleRules.address.free - 1; n++) begin(throttle, `name${n}`, 'a');
    for (let n = 0; n < 3; n++) {
      const attempt = begin(throttle, 'own', 'a');
      attempt.succeeded();
    }
    begin(throttle, 'victim', 'a');
    expect(throttle.begin('victim', 'a').waitMs).toBeGreaterThan(0);
  });

  it('forgets after a quiet quarter of an hour', () => {
    const clock = manualClock();
    const throttle = createThrottle(clock);
    for (let n = 0; n < throttleRules.account.free; n++) begin(throttle, 'lin', 'a');
    expect(throttle.begin('lin', 'b').waitMs).toBeGreaterThan(0);
    clock.advance(15 * 60_000);
    for (let n = 0; n < throttleRules.account.free; n++) begin(throttle, 'lin', 'a');
  });

  it('holds a bounded number of names', () => {
    const throttle = createThrottle(manualClock());
    for (let n = 0; n < throttleRules.account.free; n++) begin(throttle, 'first', `x${n}`);
    for (let n = 0; n < 10_000; n++) begin(throttle, `made-up-${n}`, `y${n}`);
    expect(throttle.begin('first', 'z').waitMs).toBe(0);
  });
});
