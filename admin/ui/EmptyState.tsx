import { InboxOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import './states.css';

/** Nothing to show: why, and what to do about it. */
export function EmptyState({
  title,
  hint,
  icon = <InboxOutlined />,
  action,
}: {
  title: string;
  hint?: ReactNode;
  icon?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="xm-state">
      <span className="xm-state-icon" aria-hidden>
        {icon}
      </span>
      <strong>{title}</strong>
      {hint && <span className="xm-soft">{hint}</span>}
      {action}
    </div>
  );
}
