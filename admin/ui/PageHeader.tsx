import type { ReactNode } from 'react';
import { useEffect } from 'react';
import './page-header.css';

/** The heading of a screen, which also names the browser's tab; actions stand beside it, or below on a phone. */
export function PageHeader({
  title,
  hint,
  actions,
}: {
  title: string;
  hint?: ReactNode;
  actions?: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · 校门 Xiaomen`;
  }, [title]);
  return (
    <header className="xm-page-header">
      <div className="xm-page-title">
        <h1>{title}</h1>
        {hint && <p className="xm-soft">{hint}</p>}
      </div>
      {actions && <div className="xm-page-actions">{actions}</div>}
    </header>
  );
}
