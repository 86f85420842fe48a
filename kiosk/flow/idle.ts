/** How long a screen stands when nobody touches it; pure. */
import type { Flow } from './words.ts';

/** Seconds without a touch before the countdown is shown, and the seconds that it counts. */
interface Patience {
  quiet: number;
  countdown: number;
}

const filling: Patience = { quiet: 45, countdown: 20 };

/** Undefined: the screen belongs to nobody and may stand for ever. */
function patienceOf({ screen }: Flow): Patience | undefined {
  switch (screen.at) {
    case 'starting':
    case 'pairing':
    case 'start':
      return undefined;
    case 'result':
      if (screen.result.state === 'wait') return { quiet: 100, countdown: 20 };
      return screen.result.state === 'left' ? { quiet: 0, countdown: 8 } : { quiet: 0, countdown: 20 };
    default:
      return filling;
  }
}

/** Seconds until the screen is wiped; may be below zero. */
export function secondsLeft(flow: Flow): number | undefined {
  const patience = patienceOf(flow);
  if (!patience) return undefined;
  const { quiet, countdown } = patience;
  return Math.ceil((flow.touchedAt - flow.now) / 1000) + quiet + countdown;
}

/** The countdown to be shown, while it runs. */
export function countdown(flow: Flow): number | undefined {
  const left = secondsLeft(flow);
  const patience = patienceOf(flow);
  return left !== undefined && patience && left <= patience.countdown ? Math.max(left, 0) : undefined;
}

/** Whether the screen asks if anybody is still there; a result only counts down. */
export const isAsking = (flow: Flow): boolean => countdown(flow) !== undefined && flow.screen.at !== 'result';
