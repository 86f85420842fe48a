/** A PD as screens and followers see it: what it is, how it stands, and never a key. */
import type { PdidReply } from '../../codec/osdp/identity.ts';
import type { ReaderPlace, ReaderStatus } from '../../osdp-ports.ts';
import type { Clock } from '../../ports.ts';
import { isReady, isSecure, manyComplaints, type Pd } from './pd.ts';

export function statusOf(
  pd: Pd,
  place: ReaderPlace,
  since: number,
  errorsPerHour: number,
  clock: Clock,
): ReaderStatus {
  const { state, keyState, identity, capabilities, tamper, attached, powerFault, inputs, outputs, pollMs } =
    pd;
  const enrolling = pd.enrolUntil - clock.monotonic();
  return {
    ...place,
    state,
    since,
    secure: isSecure(pd) && state === 'online',
    ready: isReady(pd),
    misunderstands: pd.complaints >= manyComplaints,
    key: keyState,
    ...(enrolling > 0 ? { enrolUntil: clock.now() + Math.round(enrolling) } : {}),
    ...(identity ? { identity: identityOf(identity) } : {}),
    ...(capabilities
      ? {
          abilities: {
            inputs: capabilities.inputs,
            outputs: capabilities.outputs,
            leds: capabilities.leds,
            buzzer: capabilities.buzzer,
            displays: capabilities.textDisplays,
          },
        }
      : {}),
    ...(tamper === undefined ? {} : { tamper }),
    ...(attached === undefined ? {} : { attached }),
    ...(powerFault === undefined ? {} : { powerFault }),
    inputs: [...inputs],
    outputs: [...outputs],
    ...(pollMs === undefined ? {} : { pollMs: Math.round(pollMs) }),
    errorsPerHour,
  };
}

export function identityOf({
  vendor,
  model,
  version,
  serial,
  firmware: { major, minor, build },
}: PdidReply): NonNullable<ReaderStatus['identity']> {
  return { vendor, model, version, serial, firmware: `${major}.${minor}.${build}` };
}

/** What a change of is worth telling; the rest only counts on. */
export function newsOf({ since, pollMs, errorsPerHour, enrolUntil, ...news }: ReaderStatus): string {
  return JSON.stringify([news, enrolUntil !== undefined]);
}

const minutes = 60;

/** How often something happened within the last hour, by the minute. */
export function hourMeter({ monotonic }: Pick<Clock, 'monotonic'>) {
  const counts = new Array<number>(minutes).fill(0);
  let at = minuteOf();

  function minuteOf(): number {
    return Math.floor(monotonic() / 60_000);
  }
  function turn(): void {
    const now = minuteOf();
    for (let minute = Math.max(at, now - minutes) + 1; minute <= now; minute += 1)
      counts[minute % minutes] = 0;
    at = now;
  }
  return {
    count(): void {
      turn();
      counts[at % minutes] = (counts[at % minutes] ?? 0) + 1;
    },
    total(): number {
      turn();
      return counts.reduce((sum, count) => sum + count, 0);
    },
  };
}
