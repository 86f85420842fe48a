import { describe, expect, it } from 'vitest';
import { contrast, leastContrast, passColours } from './pass-colours.ts';

describe('contrast', () => {
  it('is that of WCAG, whichever stands first', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrast('#777777', '#777777')).toBe(1);
    expect(contrast('#ffffff', '#767676')).toBeCloseTo(4.54, 2);
  });
  it.each(Object.entries(passColours))('of white words on %s is enough to read them', (_, colour) => {
    expect(contrast(colour, '#ffffff')).toBeGreaterThanOrEqual(leastContrast);
  });
});
