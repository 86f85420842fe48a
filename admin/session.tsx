/** Who is signed in, what they may do, and which school this is. */
import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, use } from 'react';
import type { Session } from '../server/contract/accounts.ts';
import type { Capability } from '../server/contract/capabilities.ts';
import type { Front } from '../server/contract/front.ts';
import { client, queryClient } from './api.ts';
import { faultOf, mayPass } from './problems.ts';
import { ErrorState } from './ui/ErrorState.tsx';
import { Loading } from './ui/Loading.tsx';
import { ZoneProvider } from './ui/zone.tsx';

interface Known {
  front: Front;
  /** Null while nobody is signed in. */
  session: Session | null;
}

const Context = createContext<Known | null>(null);

export function SessionProvider({ children }: { children: ReactNode }) {
  const front = useQuery({
    queryKey: ['front.get'],
    queryFn: async () => ({ ...(await client('front.get')), heard: performance.now() }),
    refetchInterval: 300_000,
  });
  const session = useQuery({
    queryKey: ['session.get'],
    queryFn: () =>
      client('session.get').catch((error: unknown) => {
        if (['not-signed-in', 'not-set-up'].includes(faultOf(error))) return null;
        throw error;
      }),
    staleTime: 60_000,
    retry: (count, error) => count < 2 && mayPass(error),
  });
  const error = front.data === undefined ? front.error : session.data === undefined ? session.error : null;
  if (error)
    return (
      <ErrorState
        error={error}
        onRetry={() => void Promise.all([front.refetch(), session.refetch()])}
        whole
      />
    );
  if (front.data === undefined || session.data === undefined) return <Loading whole />;
  return (
    <Context value={{ front: front.data, session: session.data }}>
      <ZoneProvider
        timeZone={front.data.school?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone}
        ahead={front.data.now - front.data.heard}
      >
        {children}
      </ZoneProvider>
    </Context>
  );
}

function useKnown(): Known {
  const known = use(Context);
  if (known === null) throw new Error('outside of SessionProvider');
  return known;
}

export function useFront(): Front {
  return useKnown().front;
}

export function useSession(): Session | null {
  return useKnown().session;
}

/** Whether the signed-in account may do it; false while nobody is signed in. */
export function useCan(needed: Capability): boolean {
  return useKnown().session?.capabilities.includes(needed) ?? false;
}

/** Shows its children only to an account that may do it. */
export function Allowed({ needs, children }: { needs: Capability; children: ReactNode }) {
  return useCan(needs) ? children : null;
}

/** After signing in, out, or changing the password: nothing of the former session is kept. */
export function takeSession(session: Session | null): void {
  queryClient.removeQueries({
    predicate: ({ queryKey }) => queryKey[0] !== 'front.get' && queryKey[0] !== 'session.get',
  });
  queryClient.setQueryData(['session.get'], session);
}
