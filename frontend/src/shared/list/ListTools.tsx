import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ListName } from '@/shared/api/types';
import { ColumnChooser } from './ColumnChooser';
import { listQuery } from './describe';
import { Filter } from './filter/Filter';
import { FilterBar, WordsFilter } from './FilterBar';

/** What the tools set in the address of a list. */
interface Tools {
  q?: string | undefined;
  where?: string | undefined;
  columns?: string | undefined;
}

/** Controls for conditions that a list is often narrowed by. They set the same filter as the panel. */
export interface Quick {
  /** The conditions they show, by field and operator; these are not said a second time. */
  of: [field: string, op: string][];
  controls: ReactNode;
  /** They take so little room that a phone has them too; otherwise its panel does the same. */
  onPhone?: boolean;
}

interface ListToolsProps {
  list: ListName;
  /** What the field for words calls them. */
  label: string;
  /** How the closed sets of the list's fields are said. */
  words: Record<string, Record<string, string>>;
  search: Tools;
  /** The filter that the list has where the address says none. */
  own?: string | undefined;
  /** With a filter of its own, a list that nothing narrows has to say so. */
  everything?: string | undefined;
  quick?: Quick;
  columns: { key: string; header: string }[];
  /** The keys of the columns that are shown; null where one does not choose them. */
  shown: string[] | null;
  onChange: (next: Tools) => void;
}

/** What narrows a list, and which columns it shows. */
export function ListTools(props: ListToolsProps) {
  const { list, label, words, search, own, everything, quick, columns, shown, onChange } = props;
  const about = useQuery(listQuery(list));
  const phone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const shownQuick = !phone || quick?.onPhone ? quick : undefined;
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
      {shownQuick?.controls}
      <Filter
        about={about.data}
        words={words}
        where={search.where ?? own}
        saidElsewhere={shownQuick?.of ?? []}
        onChange={(where) => onChange({ where: where === own ? undefined : (where ?? everything) })}
      />
    </FilterBar>
  );
}
