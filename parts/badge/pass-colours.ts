/** The colours of passes on screen and paper, and whether white words on them can be read; pure. */
import type { PassPage } from '../../server/contract/passes.ts';

export type PassColour = PassPage['type']['colour'];

export const passColours: Record<PassColour, string> = {
  blue: '#1c63b8',
  green: '#1f7a3d',
  orange: '#b35300',
  purple: '#6a3aa8',
  red: '#b3202a',
  grey: '#56646e',
};

/** What WCAG 2 asks of text (1.4.3, AA). */
export const leastContrast = 4.5;

/** WCAG 2's contrast ratio of two colours `#rrggbb`: 1 for the same, 21 for black on white. */
export function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
    const part = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
