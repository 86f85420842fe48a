import './charts.css';

/** Counts as a table whose lines are bars too; the longest fills its column. */
export function BarTable({
  caption,
  label,
  value,
  rows,
}: {
  /** For who does not see it. */
  caption: string;
  /** What the lines are, and what is counted. */
  label: string;
  value: string;
  rows: readonly { key: string; label: string; count: number }[];
}) {
  const most = Math.max(1, ...rows.map(({ count }) => count));
  return (
    <table className="xm-bars">
      <caption className="xm-hidden">{caption}</caption>
      <thead className="xm-hidden">
        <tr>
          <th scope="col">{label}</th>
          <th scope="col">{value}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row" className="xm-bar-label">
              {row.label}
            </th>
            <td>
              <svg className="xm-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                <rect width={(row.count / most) * 100} height="10" />
              </svg>
              <span className="xm-numbers">{row.count}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
