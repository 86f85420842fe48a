import type { ReactNode } from 'react';
import { Link } from 'react-router';
import './tab-links.css';

/**
 * The parts of a screen as links, so that each has an address; on a narrow screen they wrap. antd's tabs put a
 * "more" button into their tablist there, which no tablist may hold.
 */
export function TabLinks<K extends string>({
  label,
  tabs,
  current,
  first,
}: {
  label: string;
  tabs: readonly { key: K; label: ReactNode }[];
  current: K;
  /** The part that the bare address shows. */
  first: K;
}) {
  return (
    <nav className="xm-tabs" aria-label={label}>
      {tabs.map(({ key, label: text }) => (
        <Link
          key={key}
          className="xm-tab"
          to={key === first ? '?' : `?tab=${key}`}
          replace
          aria-current={key === current ? 'page' : undefined}
        >
          {text}
        </Link>
      ))}
    </nav>
  );
}
