import type { ComponentProps } from 'react';
import { useApi } from '../api.ts';
import { Photo } from '../ui/Photo.tsx';

/**
 * A person's photo by its id. It stays in the memory of this page, at most until the session ends, so that rows which
 * come and go ask once; the browser itself keeps none, for the next one at this computer may be somebody else.
 */
export function PersonPhoto({
  photoId,
  ...shown
}: { photoId: string | null | undefined } & Omit<ComponentProps<typeof Photo>, 'picture'>) {
  const { data } = useApi(
    'photos.get',
    { params: { id: photoId ?? '' } },
    // What an id means never changes: another photo is another id.
    { enabled: Boolean(photoId), staleTime: Number.POSITIVE_INFINITY },
  );
  return <Photo picture={data} {...shown} />;
}
