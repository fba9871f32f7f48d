import { useQuery } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import { TextLink } from '@/shared/ui/links';
import { Tag } from '@/shared/ui/Tag';

interface StakeholderLinkProps {
  id: string;
  /** Where the name is known it is not asked for. */
  name?: string | undefined;
}

/** A stakeholder by name, leading to its page. */
export function StakeholderLink({ id, name }: StakeholderLinkProps) {
  const record = useQuery({
    queryKey: ['stakeholders', 'one', id],
    queryFn: ({ signal }) =>
      data(api.GET('/stakeholders/{id}', { params: { path: { id } }, signal })),
    enabled: name === undefined,
    staleTime: 5 * 60_000,
  });
  const shown = name ?? record.data?.name;
  if (shown === undefined) return record.isPending ? <Tag>…</Tag> : null;
  return (
    <TextLink to="/stakeholders/$id" params={{ id }} underline="never">
      <Tag>{shown}</Tag>
    </TextLink>
  );
}
