/**
 * A reader's outputs as relay channels. The reader itself ends a pulse, so no OFF can be lost; only the end of a hold
 * is an OFF of ours, and it is said again when the reader is back.
 */
import type { OutputAction } from '../../codec/osdp/command.ts';
import type { Clock, RelayResult } from '../../ports.ts';
import type { RelayBoard } from '../driver.ts';
import type { Ask, AskResult } from './pd.ts';

export interface OutputParts {
  clock: Clock;
  ask(ask: Pick<Ask, 'command' | 'rank'> & { notAfter?: number }): Promise<AskResult>;
  /** How many it says that it has; undefined when it has not said. */
  outputs(): number | undefined;
  /** `channel` should be off and, as far as can be told, is not. */
  onStuck(channel: number, detail: string): void;
}

export interface ReaderOutputs extends RelayBoard {
  /** What the reader says of its outputs. A hold that it forgot while it was off for a moment is said again. */
  told(on: readonly boolean[]): void;
  /** The reader is gone: a hold does not outlive that. */
  gone(): void;
  /** What may be on is switched off. */
  close(): Promise<void>;
}

/** Two bytes of tenths of a second would hold more; no lane needs it. */
const maxPulseMs = 600_000;

export function readerOutputs({ clock, ask, outputs, onStuck }: OutputParts): ReaderOutputs {
  const held = new Set<number>();
  const until = new Map<number, number>();

  async function set(
    channel: number,
    action: OutputAction,
    timerMs = 0,
    notAfter?: number,
  ): Promise<RelayResult> {
    const count = outputs();
    if (channel < 1 || (count !== undefined && channel > count)) {
      return { outcome: 'fault', detail: `the reader has no output ${channel}` };
    }
    const command = { kind: 'out' as const, outputs: [{ output: channel - 1, action, timerMs }] };
    const result = await ask({ command, rank: 'relay', ...(notAfter === undefined ? {} : { notAfter }) });
    return relayResult(result, channel, action === 'on' || action === 'timed-on');
  }

  return {
    async pulse(channel, ms, { notAfter } = {}) {
      if (!(ms > 0 && ms <= maxPulseMs)) {
        return { outcome: 'fault', detail: `a pulse of ${ms} ms is not possible` };
      }
      // A second pulse extends the first, and never cuts it short.
      const now = clock.monotonic();
      const end = Math.max(until.get(channel) ?? 0, now + ms);
      const result = await set(
        channel,
        'timed-on',
        Math.max(100, Math.ceil((end - now) / 100) * 100),
        notAfter,
      );
      if (result.outcome !== 'fault') until.set(channel, end);
      return result;
    },
    async hold(channel, on) {
      if (on) {
        held.add(channel);
        const result = await set(channel, 'on');
        if (result.outcome === 'fault') held.delete(channel);
        return result;
      }
      held.delete(channel);
      const running = (until.get(channel) ?? 0) > clock.monotonic();
      const result = await set(channel, running ? 'off-after-timer' : 'off');
      const stuck = result.outcome === 'fault' || result.outcome === 'unknown';
      if (stuck) onStuck(channel, result.detail ?? result.outcome);
      return result;
    },
    told(on) {
      for (const channel of held) if (on[channel - 1] === false) void set(channel, 'on');
    },
    gone: () => held.clear(),
    async close() {
      const now = clock.monotonic();
      const maybeOn = new Set([
        ...held,
        ...[...until].filter(([, end]) => end > now).map(([channel]) => channel),
      ]);
      held.clear();
      until.clear();
      await Promise.all(
        [...maybeOn].map(async (channel) => {
          const { outcome, detail } = await set(channel, 'off');
          if (outcome === 'fault' || outcome === 'unknown') onStuck(channel, detail ?? outcome);
        }),
      );
    },
  };
}

function relayResult(result: AskResult, channel: number, on: boolean): RelayResult {
  switch (result.kind) {
    case 'answered': {
      if (result.reply.kind !== 'ostatr') return { outcome: 'sent' };
      if (result.reply.on[channel - 1] === on) return { outcome: 'confirmed' };
      return on
        ? { outcome: 'fault', detail: `the reader says that output ${channel} is still off` }
        : { outcome: 'sent', detail: 'released; the running pulse ends by itself' };
    }
    case 'refused':
      return { outcome: 'fault', detail: `the reader refuses it (${result.nak.reason})` };
    case 'impossible':
      return { outcome: 'fault', detail: result.detail };
    case 'lost':
      return { outcome: 'unknown', detail: 'the reader did not answer' };
    case 'unsent':
      return result.why === 'offline'
        ? { outcome: 'fault', detail: 'the reader is offline' }
        : {
            outcome: 'fault',
            detail: 'too late: the bus was not free in time, or was asked after the time had passed',
          };
  }
}
