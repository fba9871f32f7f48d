import type { Giving } from '@/shared/api/types';
import { countryName } from '@/shared/format/country';
import { formatTotal } from '@/shared/format/number';
import { FilterBar, SelectFilter, WordsFilter } from '@/shared/list/FilterBar';
import { useKeysetList } from '@/shared/list/keyset';
import { EmptyState } from '@/shared/states/states';
import { ExportButton } from '@/shared/table/ExportButton';
import { RecordTable } from '@/shared/table/RecordTable';
import { Section } from '@/shared/ui/Page';
import { columnsFor, compactRow } from './awardColumns';
import { all, readAwards } from './queries';
import { awardSorts, type FunderSearch } from './search';
import { useCurrency } from '@/shared/session/session';

interface AwardsListProps {
  funderId: string;
  giving: Giving;
  search: FunderSearch;
  onChange: (next: Partial<FunderSearch>) => void;
  onDeeper: (rows: number) => void;
}

/** The awards of a funder themselves, narrowed by what the address says. */
export function AwardsList({ funderId, giving, search, onChange, onDeeper }: AwardsListProps) {
  const { rows, ...filter } = search;
  const { q, year, country } = filter;
  const query = { ...filter, funderId };
  const list = useKeysetList(
    [...all, 'list', query],
    (page, signal) => readAwards(query, page, signal),
    rows ? { shown: rows } : {},
  );
  return (
    <Section
      title="Awards"
      aside={!list.isPending && formatTotal(list.total, list.totalIsFloor)}
      actions={<ExportButton path="/awards.csv" query={query} />}
    >
      <FilterBar
        active={[year, country].filter(Boolean).length}
        onClear={() => onChange({ year: undefined, country: undefined })}
        words={
          <WordsFilter
            label="Recipient, title or programme"
            value={q}
            onChange={(next) => onChange({ q: next })}
          />
        }
      >
        <SelectFilter
          label="Year"
          all="Any year"
          value={year?.toString()}
          options={giving.years
            .filter((one) => one.awards > 0)
            .map((one) => ({ value: String(one.year), label: String(one.year) }))
            .reverse()}
          onChange={(value) => onChange({ year: value === undefined ? undefined : Number(value) })}
        />
        <SelectFilter
          label="Country"
          all="Any country"
          value={country}
          options={giving.countries
            .filter((one) => one.country)
            .map((one) => ({ value: one.country, label: countryName(one.country) }))
            .sort((a, b) => a.label.localeCompare(b.label, 'en-GB'))}
          onChange={(value) => onChange({ country: value })}
        />
      </FilterBar>
      <RecordTable
        label="Awards"
        columns={columnsFor(useCurrency())}
        compact={compactRow}
        list={list}
        rowKey={(one) => one.id}
        sort={filter.sort}
        onSort={(sort) => onChange({ sort: awardSorts.find((one) => one === sort) })}
        onDeeper={onDeeper}
        empty={<EmptyState title="No award matches these filters." />}
      />
    </Section>
  );
}
