import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { photoOf, useCamera } from '../../parts/camera/camera.ts';
import { useKiosk } from '../context.ts';
import { focusOnce } from '../ui/Field.tsx';
import { useBlobUrl } from '../ui/use-blob-url.ts';

interface Props {
  optional: boolean;
  fault: string | undefined;
}

export function Photo({ optional, fault }: Props) {
  const { flow, tell } = useKiosk();
  const { t } = useTranslation();
  const { photo } = flow.draft;
  // The button that was pressed is gone: the one in its place has the focus.
  const [pressed, setPressed] = useState(false);
  const keep = (taken: Blob | undefined) => {
    setPressed(true);
    tell({ type: 'filled', draft: { photo: taken } });
  };
  return (
    <section className="k-card k-photo" aria-labelledby="photo">
      <h2 id="photo">
        {t('field.photo')}
        {optional ? <span className="k-optional">{t('optional')}</span> : null}
      </h2>
      {photo ? (
        <Taken photo={photo} focus={pressed} retake={() => keep(undefined)} />
      ) : (
        <Taking focus={pressed} take={keep} />
      )}
      {fault ? (
        <p className="k-field-fault" role="alert">
          {fault}
        </p>
      ) : null}
    </section>
  );
}

function Taking({ take, focus }: { take: (photo: Blob) => void; focus: boolean }) {
  const { t } = useTranslation();
  const { video, state } = useCamera();
  const press = async () => {
    const photo = video.current && (await photoOf(video.current));
    if (photo) take(photo);
  };
  return (
    <>
      <div className="k-camera k-camera-face">
        <video ref={video} autoPlay muted playsInline aria-label={t('confirm.camera')} />
        {state === 'ready' ? null : <p role="status">{t(`camera.${state}`)}</p>}
      </div>
      <button
        ref={focus ? focusOnce : null}
        type="button"
        className="k-button k-primary"
        aria-disabled={state !== 'ready'}
        onClick={() => void press()}
      >
        {t('confirm.take')}
      </button>
    </>
  );
}

function Taken({ photo, retake, focus }: { photo: Blob; retake: () => void; focus: boolean }) {
  const { t } = useTranslation();
  const url = useBlobUrl(photo);
  return (
    <>
      <div className="k-camera k-camera-face">
        {url ? <img src={url} alt={t('confirm.your-photo')} /> : null}
      </div>
      <button ref={focus ? focusOnce : null} type="button" className="k-button" onClick={retake}>
        {t('confirm.retake')}
      </button>
    </>
  );
}
