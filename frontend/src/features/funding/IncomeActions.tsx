import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useMay } from '@/shared/session/session';
import { ExportMenu } from '@/shared/table/ExportMenu';
import { ButtonLink } from '@/shared/ui/links';
import type { Beginning } from './ledger/beginnings';
import { NewLine } from './ledger/NewLine';

interface IncomeActionsProps {
  /** The filter, the order and the columns of the list. */
  query: Parameters<typeof ExportMenu>[0]['query'];
  onAsk: (asked: Beginning | 'books') => void;
}

/** What one can do with the ledger. */
export function IncomeActions({ query, onAsk }: IncomeActionsProps) {
  const mayWrite = useMay('finance:write');
  return (
    <>
      <ExportMenu
        formats={[
          { label: 'CSV', path: '/income.csv' },
          { label: 'Spreadsheet (XLSX)', path: '/income.xlsx' },
        ]}
        query={query}
      />
      {mayWrite && (
        <>
          <Button
            variant="default"
            leftSection={<IconLock size={16} aria-hidden />}
            onClick={() => onAsk('books')}
          >
            Close a year
          </Button>
          <ButtonLink to="/funding/import" variant="default">
            Import
          </ButtonLink>
          <NewLine onNew={onAsk} />
        </>
      )}
    </>
  );
}
