import type { z } from 'zod';
import type { access, accessGroup, accessRule } from '../../server/contract/access.ts';

export type Access = z.infer<typeof access>;
export type AccessGroup = z.infer<typeof accessGroup>;
export type AccessRule = z.infer<typeof accessRule>;

/** Rules of each group in the order of the groups; groups without rules stand there too, for they open nothing. */
export function rulesByGroup({ groups, rules }: Pick<Access, 'groups' | 'rules'>): {
  group: AccessGroup;
  rules: AccessRule[];
}[] {
  return groups.map((group) => ({ group, rules: rules.filter(({ groupId }) => groupId === group.id) }));
}

/** Newest last, but days that are over after those to come. */
export function calendarOrder<D extends { date: string }>(
  days: readonly D[],
  today: string,
): { coming: D[]; past: D[] } {
  const sorted = [...days].sort((a, b) => a.date.localeCompare(b.date));
  return {
    coming: sorted.filter(({ date }) => date >= today),
    past: sorted.filter(({ date }) => date < today).reverse(),
  };
}
