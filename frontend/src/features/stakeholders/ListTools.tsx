import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { dueDiligenceWords, kindWords, roleWords, sourceTypeWords } from '@/shared/format/words';
import { ColumnChooser } from '@/shared/list/ColumnChooser';
import { listQuery } from '@/shared/list/describe';
import { Filter } from '@/shared/list/filter/Filter';
import { FilterBar, WordsFilter } from '@/shared/list/FilterBar';
import { columns } from './columns';
import type { StakeholdersSearch } from './search';

/** How the closed sets of the list's fields are said. */
export const valueWords = {
  kind: kindWords,
  roles: roleWords,
  'donor.sourceType': sourceTypeWords,
  'donor.dueDiligence': dueDiligenceWords,
};

interface ListToolsProps {
  search: StakeholdersSearch;
  shown: string[];
  onChange: (next: Partial<StakeholdersSearch>) => void;
}

/** What narrows the list, and which columns it shows. */
export function ListTools({ search, shown, onChange }: ListToolsProps) {
  const about = useQuery(listQuery('stakeholders'));
  const phone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  return (
    <FilterBar
      active={search.where ? 1 : 0}
      open
      onClear={() => onChange({ where: undefined })}
      words={
        <WordsFilter
          label="Name, email or words"
          value={search.q}
          onChange={(q) => onChange({ q, sort: undefined })}
        />
      }
      aside={
        !phone &&
        !search.trashed && (
          <ColumnChooser
            all={columns}
            shown={shown}
            onChange={(next) => onChange({ columns: next?.join(',') })}
          />
        )
      }
    >
      <Filter
        about={about.data}
        words={valueWords}
        where={search.where}
        onChange={(where) => onChange({ where })}
      />
    </FilterBar>
  );
}
