/** How a photo is brought to the size that is kept. */
import { photoTypes } from '../../server/contract/people.ts';

/** Longest side of a kept photo, pixels: enough for the big face on the guard's screen. */
export const longestSide = 960;

export function fitted(
  width: number,
  height: number,
  longest = longestSide,
): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Whether the server takes the file's type; a phone's HEIC, for one, it doesn't. */
export function isPhotoType(type: string): boolean {
  return photoTypes.some((known) => known === type);
}
