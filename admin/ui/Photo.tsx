import { UserOutlined } from '@ant-design/icons';
import { type ReactNode, useLayoutEffect, useState } from 'react';
import './photo.css';

/** A person's photo; the first letter of the name where there is none, or it can't be loaded. */
export function Photo({
  picture,
  name,
  size,
  icon = <UserOutlined />,
}: {
  picture: Blob | undefined;
  name: string | undefined;
  /** Pixels, or any CSS length. */
  size: number | string;
  /** Stands there when there is neither a photo nor a name. */
  icon?: ReactNode;
}) {
  const src = useAddress(picture);
  const [broken, setBroken] = useState<string>();
  const side = typeof size === 'number' ? `${size}px` : size;
  const style = { width: side, height: side, fontSize: `calc(${side} * 0.42)` };
  if (src !== undefined && src !== broken)
    // The name stands beside it as text: told twice it would only be noise.
    return <img className="xm-photo" style={style} src={src} alt="" onError={() => setBroken(src)} />;
  return (
    <span className="xm-photo xm-photo-none" style={style} aria-hidden>
      {name ? [...name][0]?.toUpperCase() : icon}
    </span>
  );
}

/** An address in this page for what it holds in memory; before the browser paints, so that a known face never blinks. */
function useAddress(picture: Blob | undefined): string | undefined {
  const [address, setAddress] = useState<string>();
  useLayoutEffect(() => {
    if (!picture) return;
    const made = URL.createObjectURL(picture);
    setAddress(made);
    return () => {
      URL.revokeObjectURL(made);
      setAddress(undefined);
    };
  }, [picture]);
  return address;
}
