/** What people type: names, numbers, reasons. */
import { z } from 'zod';

/** Separates lines, or otherwise moves on: what stands around it must not run together. */
const breaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/**
 * What nobody sees: control and format characters (NUL, zero-width, those that turn the direction of what follows),
 * halves of characters, and letters that are drawn as nothing. They come along when text is copied, and can make two
 * names look the same, one name look like another, or nothing look like a reason.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\u115F\u1160\u2800\u3164\uFFA0]|\u034F|\u17B4|\u17B5/gu;

/** The text as it is seen: without what nobody sees, on one line, no space around it, in Unicode's composed form. */
export function seenText(typed: string): string {
  return typed.replace(breaks, ' ').replace(unseen, '').normalize('NFC').trim();
}

/** Text of one line of at most `most` characters; cleaned first, so that what counts is what is seen. */
export function text(most: number, { least = 1, message }: { least?: number; message?: string } = {}) {
  return z.string().overwrite(seenText).min(least, message).max(most);
}

/** Text of as many lines as its writer gave it, each as it is seen; two blank ones in a row are one. */
export function lines(most: number) {
  return z
    .string()
    .overwrite((typed) =>
      typed
        .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
        .map(seenText)
        .join('\n')
        .replace(/\n{3,}/g, '\n\n')
        .trim(),
    )
    .min(1)
    .max(most);
}

/** What people call a thing or a person. */
export const name = text(100);

/** Why somebody does something, in their own words; goes into the record. */
export const reason = text(300, { least: 2, message: 'say why, in a few words' });
