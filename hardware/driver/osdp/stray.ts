/** A reader that has gone astray, as a guest at the bus: spoken to where it is, under its own key, and told to come back. */
import type { ReceivedFrame } from '../../codec/osdp/frame.ts';
import type { LinePlace, ReaderResult } from '../../osdp-ports.ts';
import type { Clock } from '../../ports.ts';
import { heardFrame, misfit, unanswered } from './answer.ts';
import { resultOf } from './ask-result.ts';
import type { Guest } from './bus.ts';
import type { NoAnswer } from './line.ts';
import { type AskResult, observed, type Pd, type PdKeys, type Step, unknownPd, withKeys } from './pd.ts';
import { takeTurn, withAsk } from './turn.ts';

export interface StrayParts {
  clock: Pick<Clock, 'monotonic'>;
  randomBytes(count: number): Uint8Array;
  /** Its own. */
  keys: PdKeys;
  from: LinePlace;
  home: LinePlace;
}

const askId = 0;

export function strayGuest({ clock, randomBytes, keys, from, home }: StrayParts) {
  const now = () => clock.monotonic();
  const place = { address: from.address, byteMs: 10_000 / from.baudRate };
  let pd: Pd = withKeys(unknownPd(place, now()), keys, now()).pd;
  let said = false;
  let askedAt = now();
  let over = false;
  let settle: (result: ReaderResult) => void = () => undefined;
  const result = new Promise<ReaderResult>((resolve) => {
    settle = resolve;
  });

  function finish(how: ReaderResult): void {
    over = true;
    settle(how);
  }

  function take({ pd: next, effects }: Step): void {
    pd = next;
    for (const effect of effects) if (effect.kind === 'settled') finish(backOf(effect.result, home));
    if (pd.keyState === 'lost') finish({ outcome: 'refused', detail: 'it holds another key' });
    else if (pd.state === 'offline') finish({ outcome: 'offline' });
  }

  const guest: Guest = {
    address: from.address,
    next() {
      take(observed(pd, now()));
      if (!over && !said && pd.state === 'online' && pd.stage.at === 'work') {
        said = true;
        take(withAsk(pd, { id: askId, command: { kind: 'comset', ...home }, rank: 'show' }, now()));
      }
      if (over) return undefined;
      const turn = takeTurn(pd, now(), () => randomBytes(8));
      take(turn);
      askedAt = now();
      if (!over && 'flight' in turn) return { ...turn, ...from };
      finish({ outcome: 'offline' });
      return undefined;
    },
    heard(answer: ReceivedFrame | NoAnswer) {
      if (over) return;
      const at = now();
      if (answer === 'silence') take(unanswered(pd, at - askedAt, at));
      else if (typeof answer === 'string') take(misfit(pd, answer, at));
      else {
        const heard = heardFrame(pd, answer, at);
        take(heard.over ? heard : misfit(pd, 'unfit', at));
      }
    },
    gone: () => finish(said ? { outcome: 'lost' } : { outcome: 'offline' }),
  };
  return { guest, result };
}

function backOf(result: AskResult, home: LinePlace): ReaderResult {
  if (result.kind !== 'answered' || result.reply.kind !== 'com') return resultOf(result);
  const { address, baudRate } = result.reply;
  if (address === home.address && baudRate === home.baudRate) return { outcome: 'done' };
  return { outcome: 'refused', detail: `it says that it goes to address ${address}, ${baudRate} baud` };
}
