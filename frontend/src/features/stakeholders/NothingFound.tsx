import { EmptyState } from '@/shared/states/states';
import { ButtonLink } from '@/shared/ui/links';
import type { StakeholdersSearch } from './search';

interface NothingFoundProps {
  search: StakeholdersSearch;
  mayWrite: boolean;
}

export function NothingFound({ search, mayWrite }: NothingFoundProps) {
  const { q, where, trashed } = search;
  const filtered = q ?? where;
  const newOne = mayWrite && <ButtonLink to="/stakeholders/new">New stakeholder</ButtonLink>;
  if (filtered) {
    return (
      <EmptyState
        title="Nobody matches these filters."
        action={
          <>
            <ButtonLink
              to="/stakeholders"
              search={trashed ? { trashed } : { view: 'all' }}
              variant="default"
            >
              Clear the filters
            </ButtonLink>
            {!trashed && newOne}
          </>
        }
      >
        Names are found by any part of three letters or more; other words by their beginning.
      </EmptyState>
    );
  }
  if (trashed) return <EmptyState title="The trash is empty." />;
  return (
    <EmptyState title="No stakeholders yet." action={newOne}>
      Start with the donors and institutions that write to you most. Mail from their addresses will
      then be kept, and importing income makes the donors it names.
    </EmptyState>
  );
}
