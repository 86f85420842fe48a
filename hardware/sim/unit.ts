/** One simulated device: what a person does to it, and what the opener plugs into. */
import type { ByteLink, SimulatedDevice } from '../ports.ts';

export interface SimulatedUnit {
  device: SimulatedDevice;
  /** Rejects with a LinkFault. */
  open(): Promise<ByteLink>;
}
