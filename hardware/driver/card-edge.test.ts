import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { permitSample as card } from '../codec/sam-v/samples-helper.ts';
import { cardEdge } from './card-edge.ts';

const failed = { unread: 'refused', status: '000041' } as const;
const gone = { unread: 'taken-away' } as const;

/** `c` a look that finds a card and reads it, `f` one whose read fails, `-` a look that finds none. */
function told(looks: string): unknown[] {
  const edge = cardEdge();
  return [...looks].flatMap((look) => {
    if (look === '-') return edge.missed() ?? [];
    if (!edge.found()) return [];
    return edge.tried(look === 'c' ? card : failed) ?? [];
  });
}

describe('a card on a document reader', () => {
  it.each([
    ['is told when it is read', 'c', [card]],
    ['is told once while the reader sees it no more', 'c-----', [card]],
    ['is told once while a reader goes on finding it', 'ccccc', [card]],
    ['is told again after it was away', 'c-c', [card, card]],
    ['is tried three times', 'ffc', [card]],
    ['that can not be read is told once', 'fffffffff', [failed]],
    ['that can not be read is told once, though it hides from a look', 'ff-f-f-f-f', [failed]],
    ['that could not be read is tried anew after it was away', 'fff--c', [failed, card]],
    ['that could not be read may fail anew', 'fff--fff', [failed, failed]],
    ['taken away while it was tried is told as that', 'f--', [gone]],
    ['is another one after that', 'f--c', [gone, card]],
    ['that was never there is not told', '-----', []],
  ])('%s', (_, looks, expected) => {
    expect(told(looks)).toEqual(expected);
  });

  it('is told at most once between two moments without it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[cf-]{0,60}$/), (looks) => {
        // A laying ends with two looks in a row that miss, or with one after a good read.
        const most = looks.split(/--+|(?<=c[cf]*)-/).filter((part) => /[cf]/.test(part)).length;
        expect(told(looks).length).toBeLessThanOrEqual(most);
      }),
      { numRuns: 2_000 },
    );
  });
});
