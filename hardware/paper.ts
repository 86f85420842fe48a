/** What a printer on a roll of paper is given to print, from top to bottom, and what it says about it. */

export type PaperPart =
  | {
      kind: 'text';
      text: string;
      /** `fit`: as large as its whole length allows, four times at most. */
      size?: 1 | 2 | 'fit';
      centred?: boolean;
      bold?: boolean;
      /** White on black, as far as the printer does it for its Chinese characters. */
      inverse?: boolean;
    }
  /** Rows of dots, true for black, drawn as large as the width allows. */
  | { kind: 'picture'; rows: readonly (readonly boolean[])[]; millimetres: number }
  /** Across the whole paper. */
  | { kind: 'rule' };

/** `paper-low` still prints; what comes after it does not. `error`: the cutter is stuck or the head too hot. */
export type PrinterCondition = 'ready' | 'paper-low' | 'paper-out' | 'cover-open' | 'error' | 'offline';

/**
 * `printed` the printer has worked off all of it · the conditions that stop it · `unknown` no answer came. Where it has
 * `begun`, some of it may be on paper already, and the rest may follow once the printer can: never repeat it blindly.
 */
export interface PrintResult {
  outcome: 'printed' | 'unknown' | Exclude<PrinterCondition, 'ready' | 'paper-low'>;
  begun: boolean;
}

export function isStopped(
  condition: PrinterCondition,
): condition is Exclude<PrinterCondition, 'ready' | 'paper-low'> {
  return condition !== 'ready' && condition !== 'paper-low';
}
