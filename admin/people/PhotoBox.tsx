import { App, Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Cardholder, photoMaxBytes } from '../../server/contract/people.ts';
import { useChange } from '../api.ts';
import { PersonPhoto } from '../campus/PersonPhoto.tsx';
import { ReasonModal } from '../ui/ReasonModal.tsx';
import { useSaving } from '../ui/use-saving.ts';
import { fitted, isPhotoType } from './photo-size.ts';

/** The photo, and the way to another one; big ones are made smaller here, so that a phone's picture will do. */
export function PhotoBox({ person, canChange }: { person: Cardholder; canChange: boolean }) {
  const { t } = useTranslation('people');
  const { message } = App.useApp();
  const input = useRef<HTMLInputElement>(null);
  const set = useChange('people.set-photo', ['people.get', 'people.list']);
  const saving = useSaving();
  /** What is to take the place of the photo that is there, once it is said why. */
  const [instead, setInstead] = useState<Blob>();

  async function take(file: File | undefined): Promise<void> {
    if (!file) return;
    if (!isPhotoType(file.type)) return void message.error(t('photo.type'));
    const body = await shrink(file);
    if (!body) return void message.error(t('photo.broken'));
    if (person.photoId === null) await save(body);
    else setInstead(body);
  }

  function save(body: Blob, reason?: string): Promise<unknown> {
    const query = reason === undefined ? {} : { reason };
    return saving(
      () => set.mutateAsync({ params: { id: person.id }, query, body }),
      () => {
        setInstead(undefined);
        void message.success(t('photo.done'));
      },
    );
  }

  return (
    <div className="xm-photo-box">
      <PersonPhoto photoId={person.photoId} name={person.name} size={120} />
      {canChange && (
        <>
          <input
            ref={input}
            type="file"
            hidden
            accept="image/jpeg,image/png,image/webp"
            onChange={({ target }) => {
              void take(target.files?.[0]);
              target.value = '';
            }}
          />
          <Button size="small" loading={set.isPending} onClick={() => input.current?.click()}>
            {t(person.photoId ? 'photo.change' : 'photo.add')}
          </Button>
          <ReasonModal
            open={instead !== undefined}
            title={t('photo.why', { name: person.name })}
            okText={t('photo.why-do')}
            busy={set.isPending}
            suggestions={[t('photo.why-new'), t('photo.why-wrong')]}
            onConfirm={(reason) => instead && void save(instead, reason)}
            onCancel={() => setInstead(undefined)}
          />
        </>
      )}
    </div>
  );
}

/** The file itself if it is small enough, else a smaller JPEG; undefined when it can't be read as a picture. */
async function shrink(file: File): Promise<Blob | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (!picture) return undefined;
  const { width, height } = fitted(picture.width, picture.height);
  if (width === picture.width && height === picture.height && file.size <= photoMaxBytes) return file;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height);
  picture.close();
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.85));
  return blob ?? undefined;
}
