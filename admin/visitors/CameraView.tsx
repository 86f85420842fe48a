import { CameraOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { photoOf, useCamera } from '../../parts/camera/camera.ts';

/** The camera of this desk, or the photo that was taken. */
export function CameraView({
  photo,
  onTake,
}: {
  photo?: Blob | undefined;
  onTake?: (photo: Blob | undefined) => void;
}) {
  const { t } = useTranslation('visitors');
  return photo ? (
    <div className="xm-camera">
      <Taken photo={photo} />
      <Button onClick={() => onTake?.(undefined)}>{t('photo.again')}</Button>
    </div>
  ) : (
    <Live onTake={(taken) => onTake?.(taken)} label={t('photo.take')} />
  );
}

function Live({ onTake, label }: { onTake: (photo: Blob) => void; label: string }) {
  const { t } = useTranslation('visitors');
  const { video, state } = useCamera();
  const take = async () => {
    const photo = video.current && (await photoOf(video.current));
    if (photo) onTake(photo);
  };
  return (
    <div className="xm-camera">
      <div className="xm-camera-picture">
        <video ref={video} autoPlay muted playsInline aria-label={t('photo.live')} />
        {state !== 'ready' && <p role="status">{t(`photo.${state}`)}</p>}
      </div>
      <Button icon={<CameraOutlined aria-hidden />} disabled={state !== 'ready'} onClick={() => void take()}>
        {label}
      </Button>
    </div>
  );
}

function Taken({ photo }: { photo: Blob }) {
  const { t } = useTranslation('visitors');
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(photo);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [photo]);
  return <div className="xm-camera-picture">{address && <img src={address} alt={t('photo.taken')} />}</div>;
}
