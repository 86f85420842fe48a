/** Two tones that are told apart from across the gatehouse, made by WebAudio: no file to load. */

export type Tone = 'granted' | 'refused';

interface Note {
  hertz: number;
  /** Seconds from the start, and long. */
  from: number;
  long: number;
  wave: OscillatorType;
  volume: number;
}

/** Granted: two short rising notes. Refused: three low buzzes. */
const notes: Record<Tone, readonly Note[]> = {
  granted: [
    { hertz: 880, from: 0, long: 0.11, wave: 'sine', volume: 0.35 },
    { hertz: 1318, from: 0.12, long: 0.16, wave: 'sine', volume: 0.35 },
  ],
  refused: [0, 0.24, 0.48].map((from) => ({ hertz: 196, from, long: 0.18, wave: 'square', volume: 0.3 })),
};

export interface Sounds {
  /** Browsers let a page sound only after a press or a key: call it from there. True when it can be heard now. */
  enable(): Promise<boolean>;
  play(tone: Tone): void;
  close(): void;
}

export function openSounds(): Sounds {
  let context: AudioContext | undefined;
  return {
    enable: async () => {
      context ??= new AudioContext();
      await context.resume();
      return context.state === 'running';
    },
    play: (tone) => {
      if (context?.state !== 'running') return;
      for (const note of notes[tone]) sound(context, note);
    },
    close: () => void context?.close(),
  };
}

function sound(context: AudioContext, { hertz, from, long, wave, volume }: Note): void {
  const start = context.currentTime + from;
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.type = wave;
  oscillator.frequency.value = hertz;
  // Ramps: a tone that starts or stops at once clicks.
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(volume, start + 0.015);
  gain.gain.setValueAtTime(volume, start + long - 0.03);
  gain.gain.linearRampToValueAtTime(0, start + long);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + long);
}
