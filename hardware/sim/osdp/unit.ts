/** A simulated OSDP bus as one device: its readers, and what a person does to each of them. */
import { osdpKey } from '../../codec/osdp/key.ts';
import { pack, wiegandBits } from '../../codec/wiegand.ts';
import type { Credential } from '../../credential.ts';
import type { CheckedDevice } from '../../device-config.ts';
import { HardwareError } from '../../errors.ts';
import type { OsdpKeyStore } from '../../osdp-ports.ts';
import type { SimParts } from '../body.ts';
import type { SimulatedUnit } from '../unit.ts';
import { simOsdpBus } from './bus.ts';
import { colourAt, outputsAt, soundsAt, textAt } from './panel.ts';
import {
  misbehave,
  newPd,
  type Pd,
  powerCycle,
  pressKeys,
  readCard,
  setInput,
  setLocal,
} from './pd-state.ts';

const refusal = 'a simulated OSDP reader can only read Wiegand numbers';
const inputs = 2;
/** As many readers hang on a simulated bus before any is set up: a search finds them. */
const wired = [0, 1, 2, 3];

/** A real reader keeps its key when the server stops; a simulated one finds it where the server does. */
export function simOsdpUnit(
  parts: SimParts,
  { id, model, readers }: CheckedDevice,
  keys: OsdpKeyStore,
): SimulatedUnit {
  const { clock } = parts;
  const set = readers.map(({ address }) => address);
  const spare = wired.filter((address) => !set.includes(address));
  const pds = [...set, ...spare].map((address) =>
    newPd({ address, inputs, identity: { ...newPd().identity, serial: address } }),
  );
  const bus = simOsdpBus(parts, pds);
  let keyed = false;

  function indexOf(reader: number | undefined): number {
    // Those that are set up stand first.
    const index = reader === undefined ? 0 : set.indexOf(reader);
    if (set[index] !== undefined) return index;
    throw new HardwareError('not-presentable', `there is no simulated reader ${reader ?? 0} on the bus`);
  }
  const change = (reader: number | undefined, to: (pd: Pd) => Pd) => bus.change(indexOf(reader), to);

  return {
    async open() {
      if (!keyed) {
        keyed = true;
        for (const { address } of readers) {
          const { current } = await keys.get({ deviceId: id, reader: address });
          if (current) change(address, (pd) => ({ ...pd, key: osdpKey(current), installing: false }));
        }
      }
      return bus.open();
    },
    device: {
      model: model.id,
      present(credential, reader) {
        const bits = wiegandBits(credential);
        if (!bits) throw new HardwareError('not-presentable', refusal);
        change(reader, (pd) => readCard(pd, bits.length, pack(bits)));
      },
      cannotPresent: ({ technology }: Credential) => (technology === 'wiegand' ? undefined : refusal),
      inputs,
      setInput(input, active, reader) {
        if (input < 0 || input >= inputs) {
          throw new HardwareError('not-presentable', `a simulated OSDP reader has no input ${input}`);
        }
        change(reader, (pd) => (pd.inputs[input] === active ? pd : setInput(pd, input, active)));
      },
      press: (pressed, reader) => change(reader, (pd) => pressKeys(pd, pressed)),
      setTamper: (tamper, reader) => change(reader, (pd) => setLocal(pd, { tamper })),
      look(reader) {
        const panel = bus.pds()[indexOf(reader)]?.panel;
        const at = clock.monotonic();
        if (!panel) return { colour: 'black', sounding: false, text: '', outputs: [] };
        return {
          colour: colourAt(panel, at),
          sounding: soundsAt(panel, at),
          text: textAt(panel, at),
          outputs: outputsAt(panel, at),
        };
      },
      setReader({ connected, powered = true }, reader) {
        change(reader, (pd) => misbehave(powered ? pd : powerCycle(pd), { muted: !connected }));
      },
      misbehave: bus.misbehave,
    },
  };
}
