import { type ReactNode, useMemo } from 'react';
import { codeOf, pathOf } from './code.ts';

/** Dark on white, whatever the phone's colours are, and as large as it is wide. */
export function Code({ token, label, children }: { token: string; label: string; children: ReactNode }) {
  const code = useMemo(() => codeOf(token), [token]);
  return (
    <figure className="code">
      <svg
        viewBox={`0 0 ${code.size} ${code.size}`}
        role="img"
        aria-label={label}
        shapeRendering="crispEdges"
      >
        <rect width={code.size} height={code.size} fill="#fff" />
        <path d={pathOf(code)} fill="#000" />
      </svg>
      <figcaption>{children}</figcaption>
    </figure>
  );
}
