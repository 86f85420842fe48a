/** The page without a pass: why, and what to do. */
export function Notice({
  title,
  hint,
  busy = false,
  action,
}: {
  title: string;
  hint?: string;
  busy?: boolean;
  action?: { text: string; run: () => void };
}) {
  return (
    <section className="notice" aria-busy={busy} aria-live="polite">
      <h2>{title}</h2>
      {hint && <p>{hint}</p>}
      {action && (
        <button type="button" className="act" onClick={action.run}>
          {action.text}
        </button>
      )}
    </section>
  );
}
