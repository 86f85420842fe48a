/** The driver of an inputs board: asks for the state at each opening, then hears every change. */
import { simInputsDecoder, simInputsQuery } from '../codec/sim-inputs.ts';
import type { Cancel, Clock, InputChange, LinkFault } from '../ports.ts';
import type { Driver } from './driver.ts';

export interface InputsParts {
  deviceId: string;
  clock: Clock;
  /** Told for every input when its state is first known, and at each change after that, also across a lost link. */
  onInput(change: InputChange): void;
}

const answerMs = 300;
const tries = 3;
/** Half a frame that stays alone this long is damage. */
const idleMs = 100;

export function inputsDriver({ deviceId, clock, onInput }: InputsParts): Driver {
  const decoder = simInputsDecoder();
  let known: (boolean | undefined)[] = [];
  let frames = 0;
  let frameErrors = 0;
  let lastFrameAt: number | undefined;
  let cancelIdle: Cancel | undefined;
  let answered: (() => void) | undefined;
  let givenUp: ((fault: LinkFault) => void) | undefined;

  function take(found: ReturnType<typeof decoder.push>): void {
    for (const item of found) {
      if (!item.ok || item.frame.kind !== 'state') {
        frameErrors += 1;
        continue;
      }
      frames += 1;
      lastFrameAt = clock.now();
      const before = known;
      known = item.frame.active;
      answered?.();
      for (const [input, active] of item.frame.active.entries()) {
        if (before[input] !== active) onInput({ deviceId, input, active, at: lastFrameAt });
      }
    }
  }

  function stopIdle(): void {
    cancelIdle?.();
    cancelIdle = undefined;
  }

  return {
    async opened(link) {
      decoder.reset();
      for (let attempt = 1; attempt <= tries; attempt += 1) {
        let cancel: Cancel = () => undefined;
        const answer = new Promise<boolean>((resolve, reject) => {
          answered = () => resolve(true);
          givenUp = reject;
          cancel = clock.after(answerMs, () => resolve(false));
        });
        const written = link.write(simInputsQuery);
        try {
          const [heard] = await Promise.all([answer, written]);
          if (heard) return;
        } finally {
          cancel();
          answered = undefined;
          givenUp = undefined;
        }
      }
      const fault: LinkFault = { code: 'io', detail: `the inputs board did not answer ${tries} questions` };
      throw fault;
    },
    received(bytes) {
      stopIdle();
      take(decoder.push(bytes));
      if (decoder.pending > 0) cancelIdle = clock.after(idleMs, () => take(decoder.idle()));
    },
    lost(fault) {
      stopIdle();
      givenUp?.(fault ?? { code: 'io', detail: 'the link was closed' });
    },
    counts: () => ({
      frames,
      frameErrors,
      ...(lastFrameAt === undefined ? {} : { lastFrameAt }),
    }),
    async close() {
      stopIdle();
    },
  };
}
