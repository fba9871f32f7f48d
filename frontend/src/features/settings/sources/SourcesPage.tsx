import { Button, Group, Table } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { api, data, ifMatch } from '@/shared/api/client';
import type { Source } from '@/shared/api/types';
import { OutcomeTag } from '@/shared/runs/OutcomeTag';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { Dialog } from '@/shared/ui/Dialog';
import { TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { sayDone } from '@/shared/ui/say';
import { PlainTable } from '@/shared/ui/PlainTable';
import { Tag } from '@/shared/ui/Tag';
import { When } from '@/shared/ui/When';
import { SourceDialog } from './SourceDialog';

export function SourcesPage() {
  const [chosen, setChosen] = useState<Source | 'new' | null>(null);
  const [leaving, setLeaving] = useState<Source | null>(null);
  const sources = useQuery({
    queryKey: ['sources'],
    queryFn: ({ signal }) => data(api.GET('/sources', { signal })),
  });
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setChosen('new')}>
      New source
    </Button>
  );
  return (
    <Page title="Sources of calls" actions={sources.data && sources.data.items.length > 0 && add}>
      <Ready query={sources} loading={<LoadingRows rows={3} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No source yet." action={add}>
              Add the EU Funding & Tenders portal, or the feed of a funder. The calls job then reads
              it on its timetable, or at once from the Jobs page.
            </EmptyState>
          ) : (
            <PlainTable label="Sources" minWidth={620} stacked>
              <Table.Tbody>
                {items.map((source) => (
                  <SourceRow
                    key={source.id}
                    source={source}
                    onEdit={() => setChosen(source)}
                    onRemove={() => setLeaving(source)}
                  />
                ))}
              </Table.Tbody>
            </PlainTable>
          )
        }
      </Ready>
      <p style={{ color: 'var(--mute)' }}>
        Sources are read by the calls job. See{' '}
        <TextLink to="/settings/jobs" underline="always">
          Jobs
        </TextLink>{' '}
        for its timetable and to run it now.
      </p>
      {chosen && (
        <SourceDialog source={chosen === 'new' ? null : chosen} onClose={() => setChosen(null)} />
      )}
      {leaving && <RemoveDialog source={leaving} onClose={() => setLeaving(null)} />}
    </Page>
  );
}

interface SourceRowProps {
  source: Source;
  onEdit: () => void;
  onRemove: () => void;
}

function SourceRow({ source, onEdit, onRemove }: SourceRowProps) {
  const { lastRun } = source;
  return (
    <Table.Tr>
      <Table.Td>
        <strong style={{ fontWeight: 600 }}>{source.name}</strong>{' '}
        {!source.enabled && <Tag tone="warn">Switched off</Tag>}
        <div style={{ color: 'var(--mute)', fontSize: 13.5, overflowWrap: 'anywhere' }}>
          {source.kind === 'sedia' ? 'EU Funding & Tenders' : 'Feed'} · {source.url}
        </div>
      </Table.Td>
      <Table.Td>
        {lastRun ? (
          <>
            <OutcomeTag outcome={lastRun.outcome} /> <When at={lastRun.at} short />
            {lastRun.message && (
              <div style={{ color: 'var(--mute)', fontSize: 13.5 }}>{lastRun.message}</div>
            )}
          </>
        ) : (
          <span style={{ color: 'var(--mute)' }}>not read yet</span>
        )}
      </Table.Td>
      <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
        <Button size="xs" variant="default" onClick={onEdit} aria-label={`Edit ${source.name}`}>
          Edit
        </Button>{' '}
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          onClick={onRemove}
          aria-label={`Remove ${source.name}`}
        >
          Remove
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}

function RemoveDialog({ source, onClose }: { source: Source; onClose: () => void }) {
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () =>
      data(
        api.DELETE('/sources/{id}', {
          params: { path: { id: source.id }, header: ifMatch(source.rev) },
        }),
      ),
    onSuccess: async () => {
      onClose();
      sayDone(`${source.name} is no longer read.`);
      await client.invalidateQueries({ queryKey: ['sources'] });
    },
  });
  return (
    <Dialog opened onClose={onClose} title={`Remove ${source.name}?`}>
      <p style={{ marginTop: 0 }}>
        It will not be read any more. The calls that came from it stay as they were last seen.
      </p>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Keep it
        </Button>
        <Button color="red.9" loading={remove.isPending} onClick={() => remove.mutate()}>
          Remove
        </Button>
      </Group>
    </Dialog>
  );
}
