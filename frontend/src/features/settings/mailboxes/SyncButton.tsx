import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconRefresh } from '@tabler/icons-react';
import { api, data } from '@/shared/api/client';

/** Starts the mail job and leads to where it can be watched. */
export function SyncButton() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const start = useMutation({
    mutationFn: () => data(api.POST('/jobs/{name}/run', { params: { path: { name: 'mail' } } })),
    onSuccess: async (run) => {
      await client.invalidateQueries({ queryKey: ['jobs'] });
      await navigate({ to: '/settings/jobs/runs/$id', params: { id: run.id } });
    },
  });
  return (
    <Button
      variant="default"
      loading={start.isPending}
      leftSection={<IconRefresh size={16} aria-hidden />}
      onClick={() => start.mutate()}
    >
      Sync now
    </Button>
  );
}
