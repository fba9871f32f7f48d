import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import type { Permission, Session } from '@/shared/api/types';

/** Who is signed in. A 401 is an answer here and is not tried again. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => data(api.GET('/session', { signal })),
  staleTime: 5 * 60_000,
  retry: false,
});

/** The session of the signed-in pages; the router has loaded it before any of them shows. */
export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data;
}

/** The reporting currency, in which the books are kept and every figure is. */
export function useCurrency(): string {
  return useSession().currency;
}

/** Whether this account may do something, as the server says; only a courtesy, the server decides. */
export function useMay(permission: Permission): boolean {
  return useSession().permissions.includes(permission);
}
