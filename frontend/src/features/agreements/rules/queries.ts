import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, data, ifMatch } from '@/shared/api/client';
import { isStatus } from '@/shared/api/problem';
import type { RequirementRule } from '@/shared/api/types';
import { all } from '../queries';

/** What agreements are proposed, at a revision. */
export const rulesQuery = queryOptions({
  queryKey: [...all, 'rules'],
  queryFn: ({ signal }) => data(api.GET('/requirement-rules', { signal })),
});

/** All rules are one document; a write goes onto the revision that was read. */
export function useSetRules() {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: all });
  return useMutation({
    mutationFn: ({ rev, rules }: { rev: number; rules: RequirementRule[] }) =>
      data(api.PUT('/requirement-rules', { params: { header: ifMatch(rev) }, body: { rules } })),
    onSuccess: refresh,
    // Where somebody was quicker, the page behind the dialog shows what they wrote.
    onError: (error) => (isStatus(error, 412) ? refresh() : undefined),
  });
}
