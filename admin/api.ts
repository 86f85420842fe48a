/** The server, as the screens ask it: the typed client and its hooks. */
import {
  keepPreviousData,
  QueryCache,
  QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type ApiError, createClient } from '../server/contract/client.ts';
import type { RouteAnswer, RouteCall } from '../server/contract/route.ts';
import type { RouteName, Routes } from '../server/contract/routes.ts';
import { faultOf, fieldFaults, mayPass, problemKey } from './problems.ts';

export const client = createClient('', (...request) => fetch(...request));

type Call<N extends RouteName> = RouteCall<Routes[N]>;
type Answer<N extends RouteName> = RouteAnswer<Routes[N]>;
/** Lets a call be left out where the route needs none. */
type CallArgs<N extends RouteName> = object extends Call<N> ? [call?: Call<N>] : [call: Call<N>];

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      // The session ended elsewhere: asking for it again leads to the sign-in page.
      if (faultOf(error) === 'not-signed-in')
        void queryClient.invalidateQueries({ queryKey: ['session.get'] });
    },
  }),
  defaultOptions: {
    queries: { staleTime: 10_000, retry: (count, error) => count < 2 && mayPass(error) },
    mutations: { retry: false },
  },
});

/** What is cached of a route; pass it to `queryClient.invalidateQueries({ queryKey })`. */
export function keyOf(name: RouteName, call?: unknown): unknown[] {
  return call === undefined ? [name] : [name, call];
}

/**
 * Something has happened: what is cached of these routes is asked again. A first answer that is on its way may be older
 * than the news, and TanStack Query would wait for it: given up first.
 */
export async function askAgain(names: readonly RouteName[], queries = queryClient): Promise<void> {
  await Promise.all(
    names.map(async (name) => {
      const queryKey = keyOf(name);
      await queries.cancelQueries({ queryKey });
      await queries.invalidateQueries({ queryKey });
    }),
  );
}

/**
 * Asks a route that changes nothing, and keeps the answer.
 *
 *     const campus = useApi('campus.get');
 *     const people = useApi('people.list', { query: { text } });
 */
export function useApi<N extends RouteName>(
  name: N,
  call?: Call<N>,
  options: {
    enabled?: boolean;
    keepPrevious?: boolean;
    staleTime?: number;
    refetchInterval?: number | ((query: { state: { data: unknown } }) => number | false);
  } = {},
): UseQueryResult<Answer<N>, ApiError> {
  const { keepPrevious, ...rest } = options;
  const ask = client as unknown as (name: N, call?: Call<N>) => Promise<Answer<N>>;
  return useQuery<Answer<N>, ApiError>({
    queryKey: keyOf(name, call),
    // TanStack Query refuses `undefined`, and a route without content answers that.
    queryFn: async () => (await ask(name, call)) ?? (null as Answer<N>),
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
    ...rest,
  });
}

/**
 * A route that changes something; what it makes stale is asked again.
 *
 *     const add = useChange('gates.add', ['campus.get']);
 *     add.mutate({ body: { name } }, { onError: tell });
 */
export function useChange<N extends RouteName>(
  name: N,
  stale: readonly RouteName[] = [],
): UseMutationResult<Answer<N>, ApiError, CallArgs<N>[0]> {
  const queries = useQueryClient();
  const ask = client as unknown as (name: N, call?: unknown) => Promise<Answer<N>>;
  return useMutation<Answer<N>, ApiError, CallArgs<N>[0]>({
    mutationFn: (call) => ask(name, call),
    onSuccess: async () => {
      await Promise.all(stale.map((each) => queries.invalidateQueries({ queryKey: [each] })));
    },
    onError: (error) => {
      if (faultOf(error) === 'not-signed-in') void queries.invalidateQueries({ queryKey: ['session.get'] });
    },
  });
}

/** A sentence in the user's language that says what went wrong, and what to do. */
export function useProblemText(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    const { key, params } = problemKey(error);
    return t(key, params);
  };
}

/** For antd's `form.setFields`: the fields that the server refused, each with what exactly was wrong, where it told. */
export function useFieldProblems(): (error: unknown) => { name: string[]; errors: string[] }[] {
  const { t } = useTranslation('common');
  const text = useProblemText();
  return (error) => {
    const told = problemKey(error).key.startsWith('problems:');
    return fieldFaults(error).map(({ path }) => ({
      name: path,
      errors: [told ? text(error) : t('field.refused')],
    }));
  };
}
