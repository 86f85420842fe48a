/** A visitor's photo and signature, as they go with the form. */
import { z } from 'zod';

export const pictureMaxBytes = 2_000_000;
/** A picture within JSON: base64. */
const picture = z.base64().max(Math.ceil(pictureMaxBytes / 3) * 4);
/** They come with the form, so that nobody is taken down without one that is asked of them. */
export const visitPictures = z.object({ photo: picture.optional(), signature: picture.optional() });
/** Of a body with both, and the words around them. */
export const visitBodyBytes = 6_000_000;
