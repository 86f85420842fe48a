import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeSimInputs, simInputsDecoder, simInputsQuery } from './sim-inputs.ts';

const states = fc.array(fc.boolean(), { minLength: 1, maxLength: 8 });

describe('the simulated inputs board', () => {
  it('speaks the documented bytes', () => {
    expect([...encodeSimInputs([true, false])]).toEqual([0xa5, 0x02, 0x01, 0xa8]);
    expect([...simInputsQuery]).toEqual([0xa5, 0x3f, 0x00, 0xe4]);
    expect(simInputsDecoder().push(simInputsQuery)).toEqual([{ ok: true, frame: { kind: 'query' } }]);
    expect(() => encodeSimInputs([])).toThrow(RangeError);
  });

  it('reads any state back, however it is split', () => {
    fc.assert(
      fc.property(states, fc.nat(4), (active, cut) => {
        const decoder = simInputsDecoder();
        const bytes = encodeSimInputs(active);
        const found = [...decoder.push(bytes.subarray(0, cut)), ...decoder.push(bytes.subarray(cut))];
        expect(found).toEqual([{ ok: true, frame: { kind: 'state', active } }]);
      }),
    );
  });

  it('never throws, keeps at most a frame, and finds the good frame behind damage', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), states, (noise, active) => {
        const decoder = simInputsDecoder();
        decoder.push(noise);
        expect(decoder.pending).toBeLessThan(4);
        decoder.idle();
        expect(decoder.push(encodeSimInputs(active)).at(-1)).toEqual({
          ok: true,
          frame: { kind: 'state', active },
        });
      }),
    );
  });

  it('counts a wrong sum', () => {
    const bytes = encodeSimInputs([true]);
    bytes[3] = 0;
    expect(simInputsDecoder().push(bytes)[0]).toMatchObject({ ok: false, error: 'checksum' });
  });
});
