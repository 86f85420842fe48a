import { useEffect, useState } from 'react';
import { qrSvg } from './qr.ts';

/** The address of the picture; undefined until it is drawn. */
export function useQr(token: string | undefined): string | undefined {
  const [code, setCode] = useState<string>();
  useEffect(() => {
    setCode(undefined);
    if (token === undefined) return;
    let late = false;
    void qrSvg(token).then((made) => !late && setCode(made));
    return () => {
      late = true;
    };
  }, [token]);
  return code;
}
