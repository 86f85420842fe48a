/** The kiosk's camera, opened while a screen needs it and closed with it. */
import { type RefObject, useEffect, useRef, useState } from 'react';

export type CameraState = 'opening' | 'ready' | 'fault' | 'none';

let last: CameraState = 'opening';

/** For the devices page. One that was not opened yet is as ready as a camera that is there can be. */
export async function cameraState(): Promise<'ready' | 'fault' | 'none'> {
  if (last !== 'opening') return last;
  const devices = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
  return devices.some(({ kind }) => kind === 'videoinput') ? 'ready' : 'none';
}

export function useCamera(): { video: RefObject<HTMLVideoElement | null>; state: CameraState } {
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<CameraState>('opening');
  useEffect(() => {
    let closed = false;
    let stream: MediaStream | undefined;
    const become = (next: CameraState) => {
      last = next;
      if (!closed) setState(next);
    };
    openCamera().then(
      (opened) => {
        stream = opened;
        if (closed) return stop(opened);
        if (!video.current) return;
        // Ready when there is something to see, and not before: a photo of nothing is none.
        video.current.onloadeddata = () => become('ready');
        video.current.srcObject = opened;
      },
      (error: unknown) =>
        become(error instanceof DOMException && error.name === 'NotFoundError' ? 'none' : 'fault'),
    );
    return () => {
      closed = true;
      if (stream) stop(stream);
    };
  }, []);
  return { video, state };
}

async function openCamera(): Promise<MediaStream> {
  if (!navigator.mediaDevices) throw new DOMException('no camera', 'NotFoundError');
  const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
  return navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: 'user', ...size } });
}

const stop = (stream: MediaStream) => {
  for (const track of stream.getTracks()) track.stop();
};

/** The middle of what the camera sees, upright 3:4, as on a badge. */
export async function photoOf(video: HTMLVideoElement): Promise<Blob | null> {
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0) return null;
  const width = Math.min(videoWidth, (videoHeight * 3) / 4);
  const height = (width * 4) / 3;
  const canvas = document.createElement('canvas');
  canvas.width = 600;
  canvas.height = 800;
  const left = (videoWidth - width) / 2;
  const top = (videoHeight - height) / 2;
  canvas.getContext('2d')?.drawImage(video, left, top, width, height, 0, 0, 600, 800);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.86));
}

/** Everything that it sees, for a code; undefined before the first picture. */
export function frameOf(video: HTMLVideoElement, canvas: HTMLCanvasElement): ImageData | undefined {
  const { videoWidth, videoHeight } = video;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (videoWidth === 0 || !context) return undefined;
  canvas.width = videoWidth;
  canvas.height = videoHeight;
  context.drawImage(video, 0, 0);
  return context.getImageData(0, 0, videoWidth, videoHeight);
}
