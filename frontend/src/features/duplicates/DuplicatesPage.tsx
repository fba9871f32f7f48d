import { Select } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { api, data } from '@/shared/api/client';
import { formatTotal } from '@/shared/format/number';
import { kindWords, options } from '@/shared/format/words';
import { useKeysetList } from '@/shared/list/keyset';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/states/states';
import { ListEnd } from '@/shared/table/ListEnd';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import classes from './duplicates.module.css';
import { LookNow } from './LookNow';
import { Merges } from './Merges';
import { PairRow } from './PairRow';
import { pairsKey } from './queries';

const route = getRouteApi('/house/stakeholders/duplicates');
const states = [
  { value: 'open', label: 'To be looked at' },
  { value: 'different', label: 'Not duplicates' },
];

export function DuplicatesPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const filter = {
    state: search.state ?? ('open' as const),
    ...(search.kind && { kind: search.kind }),
  };
  const list = useKeysetList(pairsKey(filter), (page, signal) =>
    data(api.GET('/duplicates', { params: { query: { ...filter, ...page } }, signal })),
  );
  return (
    <Page
      title="Possible duplicates"
      aside={!list.isPending && formatTotal(list.total, list.totalIsFloor)}
      back={
        <TextLink to="/stakeholders">
          <BackLabel>Stakeholders</BackLabel>
        </TextLink>
      }
      actions={<LookNow />}
    >
      <div className={classes.bar}>
        <Select
          aria-label="State"
          allowDeselect={false}
          data={states}
          value={filter.state}
          onChange={(value) =>
            void navigate({
              search: (old) => ({ ...old, state: value === 'different' ? value : undefined }),
              replace: true,
            })
          }
        />
        <Select
          aria-label="Kind"
          placeholder="People and organisations"
          clearable
          data={options(kindWords)}
          value={search.kind ?? null}
          onChange={(value) =>
            void navigate({
              search: (old) => ({
                ...old,
                kind: value === 'person' || value === 'organisation' ? value : undefined,
              }),
              replace: true,
            })
          }
        />
      </div>
      {list.isPending ? (
        <LoadingRows rows={6} height={48} />
      ) : list.error && list.rows.length === 0 ? (
        <ErrorState error={list.error} onRetry={list.retry} />
      ) : list.rows.length === 0 ? (
        <EmptyState
          title={
            filter.state === 'open' ? 'No possible duplicates.' : 'Nothing has been kept apart.'
          }
        >
          Records are compared every night, by name, address, telephone and ids.
        </EmptyState>
      ) : (
        <>
          <ul className={classes.list} aria-label="Pairs">
            {list.rows.map((pair) => (
              <PairRow key={pair.id} pair={pair} />
            ))}
          </ul>
          <ListEnd list={list} />
        </>
      )}
      <Merges />
    </Page>
  );
}
