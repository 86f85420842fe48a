/** What a person is shown, as commands to the reader: only those that it has a lamp, a buzzer or a display for. Pure. */
import type { Command } from '../../codec/osdp/command.ts';
import type { LedControl, LedPattern } from '../../codec/osdp/indication.ts';
import type { Indication, LightColour, ShowResult } from '../../osdp-ports.ts';
import type { AskResult, Pd } from './pd.ts';

const steady = (colour: LightColour): LedPattern => ({ onMs: 100, offMs: 0, on: colour, off: 'black' });
const blinking = (colour: LightColour, ms: number): LedPattern => ({
  onMs: ms,
  offMs: ms,
  on: colour,
  off: 'black',
});

export function commandsFor(
  { light, idleLight, sound, text }: Indication,
  capabilities: Pd['capabilities'],
): Command[] {
  const commands: Command[] = [];
  if ((light || idleLight) && capabilities?.leds !== 0) {
    const control: LedControl = { reader: 0, led: 0 };
    if (light) {
      const { colour, ms, blinkMs = 0 } = light;
      const pattern = blinkMs > 0 ? blinking(colour, blinkMs) : steady(colour);
      control.temporary = { ...pattern, timerMs: ms };
    }
    if (idleLight) control.permanent = steady(idleLight);
    commands.push({ kind: 'led', lights: [control] });
  }
  if (sound && capabilities?.buzzer !== false) {
    const { beeps, onMs, offMs } = sound;
    commands.push({ kind: 'buz', reader: 0, tone: 'default', onMs, offMs, times: beeps });
  }
  if (text && capabilities?.textDisplays !== 0) {
    const { text: words, ms } = text;
    commands.push({ kind: 'text', reader: 0, wrap: false, temporaryMs: ms, row: 1, column: 1, text: words });
  }
  return commands;
}

/** The worst of what came of them. */
export function shown(results: readonly AskResult[]): ShowResult {
  const some = (kind: AskResult['kind']) => results.some((result) => result.kind === kind);
  if (some('unsent')) return { outcome: 'offline' };
  if (some('lost')) return { outcome: 'lost' };
  return { outcome: some('refused') || some('impossible') ? 'refused' : 'shown' };
}
