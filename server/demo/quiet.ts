/** What happens at the gates between the events of the day: errands, deliveries, the guards' rounds. Pure. */
import { type Act, type Cast, type DemoPerson, pick, pickWay } from './plan.ts';

/** Minutes of the day between which people of a kind are about. */
const about = {
  staff: [6 * 60 + 30, 20 * 60 + 30],
  contractor: [13 * 60 + 35, 16 * 60 + 20],
} as const;

/**
 * Something small that may happen now; undefined when there is nobody for it.
 * @param side on which side of the gate somebody is, as far as known.
 */
export function quietAct(
  { people, doors }: Cast,
  minute: number,
  lessons: boolean,
  side: (cardholderId: string) => 'in' | 'out' | undefined,
  random: () => number,
): Act | undefined {
  const isAbout = ({ kind, sound }: DemoPerson) => {
    if (!sound) return false;
    if (kind === 'guard') return true;
    if (!lessons || (kind !== 'staff' && kind !== 'contractor')) return false;
    const [from, to] = about[kind];
    return minute >= from && minute < to;
  };
  const those = people.filter(isAbout);
  const inside = those.filter(({ cardholderId }) => side(cardholderId) === 'in');
  const outside = those.filter(({ cardholderId }) => side(cardholderId) === 'out');
  const door = pick(
    random,
    doors.filter(({ rex }) => rex),
  );
  if (door && inside.length > 0 && random() < 0.12) return { minute, kind: 'button', door };
  // Whoever went out comes back soon: more are inside than out at any time.
  const returns = outside.length > 0 && random() < 0.5;
  const person = pick(random, returns ? outside : inside.length > 0 ? inside : those);
  if (!person) return undefined;
  const goesOut = inside.includes(person);
  const way = pickWay(random, goesOut ? person.exits : person.entries);
  return way && { minute, kind: 'swipe', person, way };
}
