import { IconHistory } from '@tabler/icons-react';
import { ButtonLink } from '@/shared/ui/links';
import type { BulkList } from './bulkList';

/** Leads from a list to the bulk edits of its records. */
export function HistoryLink({ of }: { of: BulkList }) {
  return (
    <ButtonLink
      to={of.history}
      variant="subtle"
      color="gray"
      leftSection={<IconHistory size={16} aria-hidden />}
    >
      Bulk edits
    </ButtonLink>
  );
}
