import { getRouteApi } from '@tanstack/react-router';
import { IconArrowMerge, IconPlus, IconTrash, IconUpload } from '@tabler/icons-react';
import { formatTotal } from '@/shared/format/number';
import { useKeysetList } from '@/shared/list/keyset';
import { useMay } from '@/shared/session/session';
import { ExportButton } from '@/shared/table/ExportButton';
import { RecordTable } from '@/shared/table/RecordTable';
import { BackLabel, ButtonLink, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { columns, compactRow } from './columns';
import { NothingFound } from './NothingFound';
import { all, readPage } from './queries';
import { sorts, type StakeholdersSearch } from './search';
import { StakeholderFilters } from './StakeholderFilters';
import { TrashRow, trashColumns } from './trash';

const route = getRouteApi('/house/stakeholders');

export function StakeholderListPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useMay('stakeholders:write');
  const { rows, ...filter } = search;
  // Found by words, the best order is the server's; otherwise by name.
  const asked = { ...filter, sort: filter.sort ?? (filter.q ? undefined : 'name') };
  const list = useKeysetList(
    [...all, 'list', asked],
    (page, signal) => readPage(asked, page, signal),
    rows ? { shown: rows } : {},
  );
  const change = (next: Partial<StakeholdersSearch>) =>
    void navigate({ search: (old) => ({ ...old, rows: undefined, ...next }), replace: true });

  return (
    <Page
      title={search.trashed ? 'Trash' : 'Stakeholders'}
      aside={!list.isPending && formatTotal(list.total, list.totalIsFloor)}
      back={
        search.trashed && (
          <TextLink to="/stakeholders">
            <BackLabel>Stakeholders</BackLabel>
          </TextLink>
        )
      }
      actions={
        !search.trashed && (
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
            <ButtonLink
              to="/stakeholders"
              search={{ trashed: true }}
              variant="subtle"
              color="gray"
              leftSection={<IconTrash size={16} aria-hidden />}
            >
              Trash
            </ButtonLink>
            <ExportButton path="/stakeholders.csv" query={asked} />
            <ExportButton path="/stakeholders.vcf" query={asked} label="vCard" />
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
        )
      }
    >
      <StakeholderFilters search={search} onChange={change} />
      <RecordTable
        label={search.trashed ? 'Stakeholders in the trash' : 'Stakeholders'}
        columns={search.trashed ? trashColumns : columns}
        compact={search.trashed ? (one) => <TrashRow one={one} /> : compactRow}
        list={list}
        rowKey={(one) => one.id}
        sort={asked.sort}
        onSort={(sort) => change({ sort: sorts.find((one) => one === sort) })}
        onDeeper={(deeper) =>
          void navigate({
            search: (old) => ({ ...old, rows: deeper }),
            replace: true,
            resetScroll: false,
          })
        }
        empty={<NothingFound search={search} mayWrite={mayWrite} />}
      />
    </Page>
  );
}
