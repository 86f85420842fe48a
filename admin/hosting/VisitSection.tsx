import { useId } from 'react';
import type { Visit } from '../../server/contract/visits.ts';
import { VisitCard } from './VisitCard.tsx';

/** Visits that belong together; nothing where there are none. */
export function VisitSection({
  title,
  visits,
  onOpen,
  urgent = false,
  dated = false,
}: {
  title: string;
  visits: readonly Visit[];
  onOpen: (id: string) => void;
  /** Somebody stands at the gate. */
  urgent?: boolean;
  /** Of several days: each says its own. */
  dated?: boolean;
}) {
  const id = useId();
  if (visits.length === 0) return null;
  return (
    <section className="xm-visit-section" aria-labelledby={id}>
      <h2 id={id}>
        {title} <span className="xm-soft">{visits.length}</span>
      </h2>
      <ul>
        {visits.map((visit) => (
          <li key={visit.id}>
            <VisitCard visit={visit} onOpen={onOpen} urgent={urgent} dated={dated} />
          </li>
        ))}
      </ul>
    </section>
  );
}
