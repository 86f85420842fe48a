import './logo.css';

/** The product's mark and name. */
export function Logo() {
  return (
    <span className="xm-logo">
      <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="7" fill="var(--xm-primary)" />
        <path
          d="M7 25V12l9-6 9 6v13M13 25v-9M19 25v-9"
          stroke="#fff"
          strokeWidth="2.6"
          fill="none"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <span className="xm-logo-name">校门 Xiaomen</span>
    </span>
  );
}
