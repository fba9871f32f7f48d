import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { Stakeholder } from '@/shared/api/types';
import { useMay } from '@/shared/session/session';
import { colleaguesQuery } from '@/shared/session/colleagues';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/states/states';
import { Section } from '@/shared/ui/Page';
import { EntryDialog } from './EntryDialog';
import { EntryRow } from './EntryRow';
import { InteractionDialog } from './InteractionDialog';
import { filters } from './kinds';
import { isFollowedQuery, useFollow, useTimeline } from './queries';
import { QuickAdd } from './QuickAdd';
import { ShowMore } from './ShowMore';
import { TrashDialog } from './TrashDialog';
import classes from './engagement.module.css';

const route = getRouteApi('/house/stakeholders/$id');

/** What happened with a stakeholder, the newest first, and a place to write down more. */
export function Timeline({ one }: { one: Stakeholder }) {
  const [filter, setFilter] = useState('all');
  // Here and not with its entry, which a colleague may take away while somebody writes.
  const [edited, setEdited] = useState<string | null>(null);
  const [inTrash, setInTrash] = useState(false);
  const { entry: read } = route.useSearch();
  const navigate = route.useNavigate();
  const shut = () => void navigate({ search: {}, hash: true, replace: true });
  const kinds = filters.find(({ value }) => value === filter)?.kinds ?? [];
  const timeline = useTimeline(one.id, kinds);
  const colleagues = useQuery(colleaguesQuery).data ?? new Map<string, string>();
  const mayWrite = useMay('engagement:write');
  const entries = timeline.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Section title="Timeline" actions={mayWrite && <FollowButton id={one.id} />}>
      {mayWrite && <QuickAdd id={one.id} />}
      <div className={classes.filters}>
        <SegmentedControl
          size="xs"
          aria-label="What the timeline shows"
          data={filters.map(({ value, label }) => ({ value, label }))}
          value={filter}
          onChange={setFilter}
        />
        {mayWrite && (
          <Button size="compact-sm" variant="subtle" onClick={() => setInTrash(true)}>
            Removed entries
          </Button>
        )}
      </div>
      {timeline.isPending && <LoadingRows rows={4} />}
      {timeline.error && (
        <ErrorState error={timeline.error} onRetry={() => void timeline.refetch()} />
      )}
      {timeline.isSuccess && entries.length === 0 && <EmptyState title="Nothing yet." />}
      <ol className={classes.entries}>
        {entries.map((entry) => (
          <li key={entry.kind + entry.id}>
            <EntryRow
              entry={entry}
              colleagues={colleagues}
              onEdit={mayWrite ? setEdited : undefined}
            />
          </li>
        ))}
      </ol>
      <ShowMore of={timeline} label="Show older" />
      {inTrash && <TrashDialog id={one.id} onClose={() => setInTrash(false)} />}
      {read !== undefined && edited === null && (
        <EntryDialog
          id={read}
          onClose={shut}
          onEdit={mayWrite ? () => setEdited(read) : undefined}
        />
      )}
      {edited !== null && <InteractionDialog id={edited} onClose={() => setEdited(null)} />}
    </Section>
  );
}

function FollowButton({ id }: { id: string }) {
  const followed = useQuery(isFollowedQuery(id)).data;
  const follow = useFollow(id);
  if (followed === undefined) return null;
  return (
    <Button
      size="compact-sm"
      variant={followed ? 'light' : 'default'}
      aria-pressed={followed}
      loading={follow.isPending}
      onClick={() => follow.mutate(!followed)}
    >
      {followed ? 'Following' : 'Follow'}
    </Button>
  );
}
