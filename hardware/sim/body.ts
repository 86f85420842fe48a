/** What all simulated devices have in common: a socket to be plugged in by, manners, and a line to the host. */
import type { ByteLink, Clock, LinkFault, Rudeness } from '../ports.ts';
import { type DeviceEnd, type DeviceSide, joinedLink } from './joined-link.ts';
import { polite, rudeLine, type Wire } from './rude-line.ts';

export interface SimParts {
  clock: Clock;
  random(): number;
}

export interface SimBody {
  /** What the opener does; rejects with a LinkFault. */
  open(): Promise<ByteLink>;
  misbehave(rudeness: Partial<Rudeness>): void;
  /** One message to the host, by the manners of the moment. */
  tell(message: Uint8Array[]): void;
  /** Takes the next answer from the host's sight: undefined when it is lost, and then the host waits in vain. */
  answer(report: Uint8Array): Promise<Uint8Array>;
  readonly plugged: boolean;
}

export function simBody({ clock, random }: SimParts, wire: Wire, side: DeviceSide): SimBody {
  let rudeness = { ...polite };
  let end: DeviceEnd | undefined;
  const line = {
    clock,
    random,
    wire,
    rudeness: () => rudeness,
    lost: () => {
      rudeness = { ...rudeness, lose: rudeness.lose - 1 };
    },
  };
  const toHost = rudeLine(line);
  const fromHost = rudeLine(line);

  return {
    async open() {
      if (rudeness.unplugged) throw fault('not-found', 'the simulated device is unplugged');
      if (rudeness.refuse === 'permission')
        throw fault('permission', 'the simulated device may not be opened');
      if (rudeness.refuse === 'busy' || end?.open)
        throw fault('busy', 'another program holds the simulated device');
      const link = joinedLink({
        ...side,
        // What is on the wire when the cable is pulled arrives nowhere.
        received: (bytes) => fromHost([bytes], (part) => link.device.open && side.received(part)),
      });
      end = link.device;
      return link.host;
    },
    misbehave(change) {
      rudeness = { ...rudeness, ...change };
      if (rudeness.unplugged) end?.cut(fault('unplugged', 'the simulated device was unplugged'));
    },
    tell(message) {
      const target = end;
      toHost(message, (bytes) => target?.send(bytes));
    },
    answer: (report) =>
      // A lost answer never settles: giving up in time is the host's task.
      new Promise((resolve) => toHost([report], resolve)),
    get plugged() {
      return end?.open === true;
    },
  };
}

function fault(code: LinkFault['code'], detail: string): LinkFault {
  return { code, detail };
}
