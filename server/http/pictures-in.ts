/** The pictures that come with a visitor's form, out of their base64. */
import type { z } from 'zod';
import type { visitPictures } from '../contract/visit-pictures.ts';
import { RequestError } from '../errors.ts';
import type { Pictures } from '../visits/visit-pictures.ts';
import { sniff } from './magic-bytes.ts';

/** Throws unsupported-media-type for what is no picture. */
export function picturesIn(given: z.output<typeof visitPictures>): Pictures {
  const taken = Object.entries(given).flatMap(([kind, base64]) => {
    const bytes = Buffer.from(base64, 'base64');
    const contentType = sniff(bytes);
    if (contentType) return [[kind, { contentType, bytes }]];
    const message = 'This is not a picture.';
    throw new RequestError('unsupported-media-type', message, { why: 'photo.no-picture' }, [
      { path: `pictures.${kind}`, message },
    ]);
  });
  return Object.fromEntries(taken) as Pictures;
}
