import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';

const everyone = queryOptions({
  queryKey: ['colleagues'],
  queryFn: ({ signal }) => data(api.GET('/colleagues', { signal })),
  staleTime: 5 * 60_000,
});

/** The names of those who use Piper, by id; also of those who have left, as records name them. */
export const colleaguesQuery = {
  ...everyone,
  select: ({ items }: Colleagues) => new Map(items.map(({ id, name }) => [id, name])),
};

/** Those who are still here, to choose from. */
export const presentColleaguesQuery = {
  ...everyone,
  select: ({ items }: Colleagues) => items.filter(({ closed }) => !closed),
};

/** To choose one or several of us: who is here, and who has left only where they were chosen before. */
export function useColleagueChoices(chosen: readonly (string | null | undefined)[] = []) {
  const { data: colleagues } = useQuery(everyone);
  return (colleagues?.items ?? [])
    .filter(({ id, closed }) => !closed || chosen.includes(id))
    .map(({ id, name, closed }) => ({ value: id, label: closed ? `${name} (has left)` : name }));
}

interface Colleagues {
  items: { id: string; name: string; closed: boolean }[];
}
