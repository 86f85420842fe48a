/**
 * Thousands of cardholders share a few combinations of access groups. Each combination is kept once, with the access
 * rules that it brings to each lane, so that a decision finds its rules without walking groups.
 */
import type { Direction } from '../contract/words.ts';
import type { AccessGroupFact, AccessRuleFact } from './facts.ts';

export interface GroupSet {
  readonly groupIds: readonly string[];
}

export interface GroupSets {
  /** The one set of these groups, in whatever order. */
  of(groupIds: readonly string[]): GroupSet;
  groupsIn(set: GroupSet): readonly AccessGroupFact[];
  rulesFor(set: GroupSet, laneId: string, direction: Direction): readonly AccessRuleFact[];
  /** Groups or rules have changed: all is worked out anew when next asked. */
  changed(): void;
}

interface WorkedOut extends GroupSet {
  version: number;
  groups: AccessGroupFact[];
  rules: Map<string, Record<Direction, AccessRuleFact[]>>;
}

const none: readonly AccessRuleFact[] = [];

export function createGroupSets(
  groups: ReadonlyMap<string, AccessGroupFact>,
  rulesOfGroup: (groupId: string) => readonly AccessRuleFact[],
): GroupSets {
  const sets = new Map<string, WorkedOut>();
  let version = 1;

  function fresh(given: GroupSet): WorkedOut {
    const set = given as WorkedOut;
    if (set.version === version) return set;
    set.groups = set.groupIds.flatMap((id) => groups.get(id) ?? []);
    set.rules = new Map();
    for (const rule of set.groupIds.flatMap(rulesOfGroup)) {
      const there = set.rules.get(rule.laneId) ?? { in: [], out: [] };
      set.rules.set(rule.laneId, there);
      if (rule.direction !== 'out') there.in.push(rule);
      if (rule.direction !== 'in') there.out.push(rule);
    }
    set.version = version;
    return set;
  }
  return {
    of(groupIds) {
      const sorted = [...groupIds].sort();
      const key = sorted.join(' ');
      let set = sets.get(key);
      if (set === undefined) {
        set = { groupIds: sorted, version: 0, groups: [], rules: new Map() };
        sets.set(key, set);
      }
      return set;
    },
    groupsIn: (set) => fresh(set).groups,
    rulesFor: (set, laneId, direction) => fresh(set).rules.get(laneId)?.[direction] ?? none,
    changed() {
      version++;
    },
  };
}
