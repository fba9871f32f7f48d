import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';

/** As many ids as one question takes. */
const AT_ONCE = 300;

/** The names of stakeholders by id, for whoever only has their ids. */
export async function readNames(ids: string[], signal?: AbortSignal): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)];
  const names = new Map<string, string>();
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    const part = wanted.slice(at, at + AT_ONCE).join(',');
    const query = { params: { query: { ids: part } }, ...(signal && { signal }) };
    const answer = await data(api.GET('/stakeholders/names', query));
    for (const [id, name] of Object.entries(answer.names)) names.set(id, name);
  }
  return names;
}

const none = new Map<string, string>();

export function useStakeholderNames(ids: string[]): Map<string, string> {
  const wanted = [...new Set(ids)].sort();
  const names = useQuery({
    queryKey: ['stakeholders', 'names', wanted],
    queryFn: ({ signal }) => readNames(wanted, signal),
    enabled: wanted.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 5 * 60_000,
  });
  return names.data ?? none;
}
