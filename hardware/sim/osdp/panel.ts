/** What a simulated PD shows, sounds and switches: pure, and asked with the time at which somebody looks. */
import type { OutCommand } from '../../codec/osdp/command.ts';
import type {
  BuzCommand,
  LedColour,
  LedCommand,
  LedPattern,
  TextCommand,
} from '../../codec/osdp/indication.ts';

interface Output {
  permanent: boolean;
  timed?: { on: boolean; until: number };
}

interface Led {
  permanent: LedPattern & { since: number };
  temporary?: LedPattern & { since: number; until: number };
}

interface Display {
  permanent: string;
  temporary?: { text: string; until: number };
}

export interface Panel {
  readonly outputs: readonly Output[];
  /** By reader and number, `0:0`. */
  readonly leds: Readonly<Record<string, Led>>;
  /** By reader. */
  readonly buzzers: Readonly<Record<number, BuzCommand & { since: number }>>;
  readonly displays: Readonly<Record<number, Display>>;
}

export function darkPanel(outputs: number): Panel {
  return {
    outputs: Array.from({ length: outputs }, () => ({ permanent: false })),
    leds: {},
    buzzers: {},
    displays: {},
  };
}

// ---- commands ----------------------------------------------------------------------------------------

/** Undefined when there is no such output. */
export function switchOutputs(panel: Panel, { outputs }: OutCommand, at: number): Panel | undefined {
  const next = [...panel.outputs];
  for (const { output, action, timerMs } of outputs) {
    const before = next[output];
    if (!before) return undefined;
    const keepTimer = before.timed ? { timed: before.timed } : {};
    // A timer of 0 runs for ever.
    const until = timerMs === 0 ? Number.POSITIVE_INFINITY : at + timerMs;
    if (action === 'off' || action === 'on') next[output] = { permanent: action === 'on' };
    if (action === 'off-after-timer') next[output] = { permanent: false, ...keepTimer };
    if (action === 'on-after-timer') next[output] = { permanent: true, ...keepTimer };
    if (action === 'timed-on' || action === 'timed-off') {
      next[output] = { ...before, timed: { on: action === 'timed-on', until } };
    }
  }
  return { ...panel, outputs: next };
}

const dark: LedPattern & { since: number } = { onMs: 0, offMs: 0, on: 'black', off: 'black', since: 0 };

export function light(panel: Panel, { lights }: LedCommand, at: number): Panel {
  const leds = { ...panel.leds };
  for (const { reader, led, temporary, permanent } of lights) {
    const place = `${reader}:${led}`;
    const next = { ...(leds[place] ?? { permanent: dark }) };
    if (permanent) next.permanent = { ...permanent, since: at };
    if (temporary === 'cancel') delete next.temporary;
    else if (temporary) next.temporary = { ...temporary, since: at, until: at + temporary.timerMs };
    leds[place] = next;
  }
  return { ...panel, leds };
}

export function sound(panel: Panel, command: BuzCommand, at: number): Panel {
  return { ...panel, buzzers: { ...panel.buzzers, [command.reader]: { ...command, since: at } } };
}

export function write(panel: Panel, { reader, text, temporaryMs }: TextCommand, at: number): Panel {
  const before = panel.displays[reader] ?? { permanent: '' };
  const display =
    temporaryMs === undefined
      ? { permanent: text }
      : { ...before, temporary: { text, until: at + temporaryMs } };
  return { ...panel, displays: { ...panel.displays, [reader]: display } };
}

// ---- looks -------------------------------------------------------------------------------------------

export function outputsAt({ outputs }: Panel, at: number): boolean[] {
  return outputs.map(({ permanent, timed }) => (timed && at < timed.until ? timed.on : permanent));
}

export function colourAt({ leds }: Panel, at: number, reader = 0, led = 0): LedColour {
  const state = leds[`${reader}:${led}`];
  if (!state) return 'black';
  const { onMs, offMs, on, off, since } =
    state.temporary && at < state.temporary.until ? state.temporary : state.permanent;
  return offMs === 0 || (at - since) % (onMs + offMs) < onMs ? on : off;
}

export function soundsAt({ buzzers }: Panel, at: number, reader = 0): boolean {
  const command = buzzers[reader];
  if (!command || command.tone === 'off') return false;
  const { onMs, offMs, times, since } = command;
  const cycle = onMs + offMs;
  if (times > 0 && at >= since + times * cycle) return false;
  return (at - since) % cycle < onMs;
}

export function textAt({ displays }: Panel, at: number, reader = 0): string {
  const display = displays[reader];
  if (!display) return '';
  return display.temporary && at < display.temporary.until ? display.temporary.text : display.permanent;
}
