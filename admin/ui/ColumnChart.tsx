import './charts.css';

/** Counts over time as columns; the same as a table for who wants it read, or the figures. */
export function ColumnChart({
  label,
  value,
  table,
  columns,
}: {
  /** What a column is, and what is counted. */
  label: string;
  value: string;
  /** Opens the table. */
  table: string;
  columns: readonly { label: string; count: number }[];
}) {
  const most = Math.max(1, ...columns.map(({ count }) => count));
  const [first, middle, last] = [0, Math.floor((columns.length - 1) / 2), columns.length - 1];
  const shown = [...new Set([first, middle, last])].map((index) => columns[index]?.label);
  return (
    <figure className="xm-columns">
      <div className="xm-columns-plot" aria-hidden>
        <span className="xm-numbers">{most}</span>
        <svg viewBox={`0 0 ${columns.length} 100`} preserveAspectRatio="none">
          <title>{value}</title>
          {columns.map(({ label: name, count }, index) => (
            <rect
              key={name}
              x={index + 0.12}
              width={0.76}
              y={100 - (count / most) * 100}
              height={(count / most) * 100}
            >
              <title>{`${name}: ${count}`}</title>
            </rect>
          ))}
        </svg>
        <div className="xm-columns-axis xm-numbers">
          {shown.map((each) => (
            <span key={each}>{each}</span>
          ))}
        </div>
      </div>
      <details>
        <summary>{table}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{label}</th>
              <th scope="col">{value}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map(({ label: name, count }) => (
              <tr key={name}>
                <th scope="row" className="xm-numbers">
                  {name}
                </th>
                <td className="xm-numbers">{count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
