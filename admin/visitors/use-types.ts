import type { VisitorType } from '../../server/contract/visitor-types.ts';
import { useApi } from '../api.ts';

/** Kinds of visitors by id; empty until they are told. */
export function useVisitorTypes(): ReadonlyMap<string, VisitorType> {
  const { data } = useApi('visitor-types.list', undefined, { staleTime: 60_000 });
  return new Map(data?.map((type) => [type.id, type]));
}
