import { expect, it } from 'vitest';
import { osdpKey } from './codec/osdp/key.ts';
import { busId, cardOf, cardValue, clearCommands, keyOf, seeded, watchedBench } from './osdp-bench-helper.ts';
import { misbehave, type PdFaults, powerCycle } from './sim/osdp/pd-state.ts';

const readers = 4;
/** A reader that is silent for eight seconds is gone, and what it had not told is gone with it: here none ever is. */
const longestAwayMs = 1_500;

/** `secure` or not: in the clear, a reader has no MAC and no key that could be wrong, and two at one address can't be told apart. */
async function torment(secure: boolean, injections: number, seed: number): Promise<void> {
  const random = seeded(seed);
  const below = (count: number) => Math.floor(random() * count);
  const { clock, bus, hardware, sent, keys, status } = await watchedBench({
    pds: [
      ...Array.from({ length: readers }, () => ({
        security: secure ? ('optional' as const) : ('none' as const),
      })),
      { faults: { muted: true } },
    ],
    readers: Array.from({ length: readers }, (_, reader) => reader),
    keyed: secure,
    wireTime: true,
    baudRate: 115_200,
    random,
  });
  await clock.advanceAsync(1_000);
  let made = 0;
  const clear: string[] = [];
  const shown = Array.from({ length: readers }, (): string[] => []);
  const gone: number[] = [];
  hardware.on('reader-status', ({ reader, state }) => state === 'offline' && gone.push(reader));
  const read = Array.from({ length: readers }, (): string[] => []);
  hardware.on('read', ({ reader, credential }) => {
    read[reader]?.push('value' in credential ? credential.value : 'malformed');
  });
  /** Monotonic milliseconds at which a fault of the reader, or of the line, ends. */
  const endings = new Map<string, { at: number; end: () => void }>();
  const strange = new Set<number>();
  const change = (reader: number, faults: Partial<PdFaults>) =>
    bus.change(reader, (pd) => misbehave(pd, faults));
  const lasting = (name: string, ms: number, end: () => void) => {
    endings.set(name, { at: clock.monotonic() + ms, end });
  };
  /** Everything that it was shown has been read: what it forgets now is nothing. */
  const told = (reader: number) => read[reader]?.length === shown[reader]?.length;
  const away = (reader: number) => endings.has(`away ${reader}`) || strange.has(reader);

  const faults: Record<string, (reader: number) => void> = {
    'lost answers': (reader) => change(reader, { lose: 1 + below(3) }),
    'bad checks': (reader) => change(reader, { badCheck: 1 + below(3) }),
    'bad MACs': (reader) => change(reader, { badMac: 1 + below(2) }),
    'wrong numbers': (reader) => change(reader, { wrongSequence: 1 }),
    BUSY: (reader) => change(reader, { busy: 1 + below(6) }),
    lateness: (reader) => {
      change(reader, { lateMs: below(secure ? 260 : 150) });
      lasting(`late ${reader}`, below(1_000), () => change(reader, { lateMs: 0 }));
    },
    'being away': (reader) => {
      if (away(reader)) return;
      change(reader, { muted: true });
      lasting(`away ${reader}`, below(longestAwayMs), () => change(reader, { muted: false }));
    },
    'power cycles': (reader) => {
      if (told(reader)) bus.change(reader, powerCycle);
    },
    'a wrong key': (reader) => {
      if (!told(reader) || away(reader)) return;
      strange.add(reader);
      bus.change(reader, (pd) => powerCycle({ ...pd, key: osdpKey(new Uint8Array(16).fill(below(256))) }));
      lasting(`key ${reader}`, below(longestAwayMs), () => {
        strange.delete(reader);
        bus.change(reader, (pd) => powerCycle({ ...pd, key: osdpKey(keyOf(reader)) }));
      });
    },
    // Its refusals end the session of the right one, and what that had not told yet is lost with it.
    'a second reader at the address': (reader) => {
      if (!told(reader) || away(reader) || endings.has('twin')) return;
      strange.add(reader);
      bus.change(readers, (pd) => misbehave({ ...pd, address: reader }, { muted: false }));
      lasting('twin', below(500), () => {
        strange.delete(reader);
        bus.change(readers, (pd) => misbehave(pd, { muted: true }));
      });
    },
    'a noisy line': () => {
      bus.misbehave({ noiseBytes: below(6), splitInto: 1 + below(9) });
      lasting('noise', below(500), () => bus.misbehave({ noiseBytes: 0, splitInto: 0 }));
    },
    'lost frames': () => bus.misbehave({ lose: 1 }),
    'a rotten line': () => {
      bus.misbehave({ badChecksum: true });
      lasting('rot', below(150), () => bus.misbehave({ badChecksum: false }));
    },
  };
  const secureOnly = ['bad MACs', 'a wrong key', 'a second reader at the address'];
  const kinds = Object.keys(faults).filter((kind) => secure || !secureOnly.includes(kind));

  function injectOne(): void {
    const reader = below(readers);
    if (random() < 0.5 && !strange.has(reader)) {
      made += 1;
      bus.change(reader, cardOf(made));
      shown[reader]?.push(cardValue(made));
    }
    faults[kinds[below(kinds.length)] ?? '']?.(reader);
  }
  function endSome(all = false): void {
    for (const [name, { at, end }] of [...endings]) {
      if (!all && at > clock.monotonic()) continue;
      endings.delete(name);
      end();
    }
  }

  for (let injection = 0; injection < injections; injection += 1) {
    endSome();
    injectOne();
    await clock.advanceAsync(below(400));
    clear.push(...clearCommands(sent.splice(0)));
  }
  endSome(true);
  await clock.advanceAsync(20_000);

  expect(gone).toEqual([]);
  expect(read).toEqual(shown);
  expect(made).toBeGreaterThan(injections / 3);
  for (let reader = 0; reader < readers; reader += 1) {
    expect(status(reader)).toMatchObject({ state: 'online', secure, key: secure ? 'held' : 'none' });
    expect(await keys.get({ deviceId: busId, reader })).toEqual(secure ? { current: keyOf(reader) } : {});
  }
  if (secure) expect(clear).toEqual([]);
  await hardware.close();
  expect(clock.pending()).toBeLessThanOrEqual(1);
}

it(
  'ten thousand faults of every kind, mixed: no card lost, none doubled, nothing in the clear',
  { timeout: 240_000 },
  () => torment(true, 10_000, 20_260_901),
);

it('two thousand faults in the clear: no card lost, none doubled', { timeout: 120_000 }, () =>
  torment(false, 2_000, 7),
);
