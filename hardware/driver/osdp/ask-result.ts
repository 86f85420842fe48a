/** What came of a command, in the words of the hardware's contract. */
import type { ReaderResult } from '../../osdp-ports.ts';
import type { AskResult } from './pd.ts';

export function resultOf(result: AskResult): ReaderResult {
  switch (result.kind) {
    case 'answered':
      return { outcome: 'done' };
    case 'refused':
      return { outcome: 'refused', detail: result.nak.reason };
    case 'impossible':
      return { outcome: 'refused', detail: result.detail };
    case 'lost':
      return { outcome: 'lost' };
    case 'unsent':
      return {
        outcome: 'offline',
        ...(result.why === 'too-late' ? { detail: 'the bus was not free in time' } : {}),
      };
  }
}
