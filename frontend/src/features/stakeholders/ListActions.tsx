import { IconArrowMerge, IconPlus, IconTrash, IconUpload } from '@tabler/icons-react';
import { HistoryLink } from '@/shared/list/edits/HistoryLink';
import { useMay } from '@/shared/session/session';
import { ExportMenu } from '@/shared/table/ExportMenu';
import { ButtonLink } from '@/shared/ui/links';
import { stakeholderBulk } from './bulk';

type Query = Parameters<typeof ExportMenu>[0]['query'];

/** What one can do with the whole list. `asked` is its filter and order, `columns` what it shows. */
export function ListActions({ asked, columns }: { asked: Query; columns: string }) {
  const mayWrite = useMay('stakeholders:write');
  return (
    <>
      {mayWrite && (
        <ButtonLink
          to="/stakeholders/duplicates"
          variant="subtle"
          color="gray"
          leftSection={<IconArrowMerge size={16} aria-hidden />}
        >
          Duplicates
        </ButtonLink>
      )}
      <HistoryLink of={stakeholderBulk} />
      <ButtonLink
        to="/stakeholders"
        search={{ trashed: true }}
        variant="subtle"
        color="gray"
        leftSection={<IconTrash size={16} aria-hidden />}
      >
        Trash
      </ButtonLink>
      <ExportMenu
        formats={[
          { label: 'CSV', path: '/stakeholders.csv' },
          { label: 'Spreadsheet (XLSX)', path: '/stakeholders.xlsx' },
          { label: 'vCard', path: '/stakeholders.vcf' },
        ]}
        query={{ ...asked, columns }}
      />
      {mayWrite && (
        <ButtonLink
          to="/stakeholders/import"
          variant="default"
          leftSection={<IconUpload size={16} aria-hidden />}
        >
          Import
        </ButtonLink>
      )}
      {mayWrite && (
        <ButtonLink to="/stakeholders/new" leftSection={<IconPlus size={16} aria-hidden />}>
          New
        </ButtonLink>
      )}
    </>
  );
}
