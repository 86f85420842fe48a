/** The simulated inputs board: contacts that a person opens and closes. */
import { encodeSimInputs, simInputsDecoder } from '../codec/sim-inputs.ts';
import { HardwareError } from '../errors.ts';
import { type SimParts, simBody } from './body.ts';
import type { SimulatedUnit } from './unit.ts';

export function simInputs(parts: SimParts, model: string, inputs: number): SimulatedUnit {
  const states = Array.from({ length: inputs }, () => false);
  const decoder = simInputsDecoder();
  const body = simBody(
    parts,
    {
      stream: true,
      damage: (message) => message.map((bytes) => bytes.with(-1, ((bytes.at(-1) ?? 0) + 1) & 0xff)),
    },
    {
      received(bytes) {
        for (const item of decoder.push(bytes)) {
          if (item.ok && item.frame.kind === 'query') body.tell([encodeSimInputs(states)]);
        }
      },
    },
  );
  return {
    open: body.open,
    device: {
      model,
      inputs,
      setInput(input, active) {
        if (states[input] === undefined) {
          throw new HardwareError('not-presentable', `the inputs board has no input ${input}`);
        }
        if (states[input] === active) return;
        states[input] = active;
        body.tell([encodeSimInputs(states)]);
      },
      misbehave: body.misbehave,
    },
  };
}
