import { Button, SegmentedControl } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { HistoryLink } from '@/shared/list/edits/HistoryLink';
import { useMay } from '@/shared/session/session';
import { ExportMenu } from '@/shared/table/ExportMenu';
import { ButtonLink } from '@/shared/ui/links';
import { opportunityBulk } from './bulk';

interface PipelineActionsProps {
  as: 'table' | undefined;
  /** The filter, the order and the columns of the table. */
  query: Parameters<typeof ExportMenu>[0]['query'];
  onAs: (as: 'table' | undefined) => void;
  onTemplates: () => void;
}

/** What one can do with the pipeline. */
export function PipelineActions({ as, query, onAs, onTemplates }: PipelineActionsProps) {
  const mayWrite = useMay('funding:write');
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label="Show as"
        data={[
          { value: 'board', label: 'Board' },
          { value: 'table', label: 'Table' },
        ]}
        value={as ?? 'board'}
        onChange={(next) => onAs(next === 'table' ? 'table' : undefined)}
      />
      {as === 'table' && <HistoryLink of={opportunityBulk} />}
      <ExportMenu
        formats={[
          { label: 'CSV', path: '/opportunities.csv' },
          { label: 'Spreadsheet (XLSX)', path: '/opportunities.xlsx' },
        ]}
        query={query}
      />
      {mayWrite && (
        <Button variant="default" onClick={onTemplates}>
          Tasks by stage
        </Button>
      )}
      {mayWrite && (
        <ButtonLink to="/pipeline/new" leftSection={<IconPlus size={16} aria-hidden />}>
          New opportunity
        </ButtonLink>
      )}
    </>
  );
}
