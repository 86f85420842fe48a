import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { frameOf, useCamera } from '../../parts/camera/camera.ts';
import { decodeQr } from './decode.ts';

/** Looks for a code, four times a second, and tells each text once until it is out of sight. */
export function Scanner({ onCode }: { onCode: (text: string) => void }) {
  const { t } = useTranslation();
  const { video, state } = useCamera();
  const told = useRef(onCode);
  useEffect(() => {
    told.current = onCode;
  });
  useEffect(() => {
    if (state !== 'ready') return;
    const canvas = document.createElement('canvas');
    let looking = false;
    let seen: string | undefined;
    const look = async () => {
      const frame = video.current && frameOf(video.current, canvas);
      if (!frame || looking) return;
      looking = true;
      const text = await decodeQr(frame).catch(() => undefined);
      looking = false;
      if (text !== undefined && text !== seen) told.current(text);
      seen = text;
    };
    const timer = setInterval(() => void look(), 250);
    return () => {
      clearInterval(timer);
      canvas.width = 0;
    };
  }, [state, video]);
  return (
    <div className="k-camera k-camera-code">
      <video ref={video} autoPlay muted playsInline aria-label={t('code.camera')} />
      {state === 'ready' ? (
        <div className="k-frame" aria-hidden="true" />
      ) : (
        <p role="status">{t(`camera.${state}`)}</p>
      )}
    </div>
  );
}
