import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { ColumnChooser } from './ColumnChooser';
import { listQuery, type Described } from './describe';
import { Filter } from './filter/Filter';
import { FilterBar, WordsFilter } from './FilterBar';

/** What the tools set in the address of a list. */
interface Tools {
  q?: string | undefined;
  where?: string | undefined;
  columns?: string | undefined;
}

interface ListToolsProps {
  list: Described;
  /** What the field for words calls them. */
  label: string;
  /** How the closed sets of the list's fields are said. */
  words: Record<string, Record<string, string>>;
  search: Tools;
  columns: { key: string; header: string }[];
  /** The keys of the columns that are shown; null where one does not choose them. */
  shown: string[] | null;
  onChange: (next: Tools) => void;
}

/** What narrows a list, and which columns it shows. */
export function ListTools(props: ListToolsProps) {
  const { list, label, words, search, columns, shown, onChange } = props;
  const about = useQuery(listQuery(list));
  const phone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  return (
    <FilterBar
      active={search.where ? 1 : 0}
      open
      onClear={() => onChange({ where: undefined })}
      words={<WordsFilter label={label} value={search.q} onChange={(q) => onChange({ q })} />}
      aside={
        !phone &&
        shown && (
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
        words={words}
        where={search.where}
        onChange={(where) => onChange({ where })}
      />
    </FilterBar>
  );
}
