import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrast, leastContrast, passColours } from './pass-colours.ts';

it('the style sheet has the same colours', () => {
  const sheet = readFileSync(new URL('./pass-colours.css', import.meta.url), 'utf8');
  const found = [...sheet.matchAll(/data-colour="(\w+)"\] \{\s*--pass: (#\w+);/g)];
  expect(Object.fromEntries(found.map(([, name, colour]) => [name, colour]))).toEqual(passColours);
});

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
