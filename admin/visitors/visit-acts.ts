/** What the person at the desk may do with a visit as it stands; pure. The server has the last word. */
import type { Capability } from '../../server/contract/capabilities.ts';
import type { VisitWord } from '../../server/contract/visit-words.ts';
import type { Visit } from '../../server/contract/visits.ts';

export interface Guard {
  accountId: string;
  can(needed: Capability): boolean;
}

/** Given in one's own name, or in the host's place: then with a reason, unless the host has let it go. */
export interface Word {
  word: VisitWord;
  why: boolean;
}

export interface Acts {
  /** The one that F4 does. `screen` has three buttons of its own. */
  main: 'screen' | 'approve' | 'let-in' | 'depart' | undefined;
  word: Word | undefined;
  refuse: boolean;
  revoke: boolean;
  reveal: boolean;
  print: boolean;
  photo: boolean;
}

export function actsOf(visit: Visit, guard: Guard): Acts {
  const { state, pending, pass, visitor } = visit;
  const admits = guard.can('visits.admit');
  const held = pending.includes('screening');
  const word = admits && !held ? wordOf(visit, guard) : undefined;
  const entering = ['expected', 'approved', 'left'].includes(state) && pending.length === 0;
  const main = !admits
    ? undefined
    : state === 'inside'
      ? 'depart'
      : held && state !== 'closed'
        ? 'screen'
        : word
          ? 'approve'
          : entering
            ? 'let-in'
            : undefined;
  const open = pass !== null && pass.revokedAt === null;
  return {
    main: main === 'screen' && !guard.can('visits.screen') ? undefined : main,
    word,
    refuse: admits && !held && ['expected', 'waiting', 'approved'].includes(state),
    revoke: admits && open && state !== 'closed',
    reveal: guard.can('visits.reveal-id') && visitor.idNumber !== null,
    print: admits && open && pending.length === 0 && ['expected', 'approved', 'inside'].includes(state),
    photo: admits && state !== 'closed',
  };
}

/** As the server chooses it: what only they can give first, then a guard's, then the host's in their place. */
function wordOf({ state, pending, host, lapsedAt }: Visit, guard: Guard): Word | undefined {
  if (!['expected', 'waiting', 'refused'].includes(state)) return undefined;
  const own: VisitWord[] = [
    ...(host?.id === guard.accountId ? ['host' as const] : []),
    ...(guard.can('visits.manage') ? ['office' as const] : []),
    'guard',
  ];
  const mine = own.find((each) => pending.includes(each));
  if (mine) return { word: mine, why: false };
  return pending.includes('host') ? { word: 'host', why: host !== null && lapsedAt === null } : undefined;
}
