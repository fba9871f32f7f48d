import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { taskStateWords } from '@/shared/format/words';
import { ColumnChooser } from '@/shared/list/ColumnChooser';
import { listQuery } from '@/shared/list/describe';
import { Filter } from '@/shared/list/filter/Filter';
import { FilterBar, WordsFilter } from '@/shared/list/FilterBar';
import { columns } from './columns';
import type { TasksSearch } from './search';

const valueWords = { state: taskStateWords };

interface TaskToolsProps {
  search: TasksSearch;
  shown: string[];
  onChange: (next: Partial<TasksSearch>) => void;
}

/** What narrows the list, and which columns it shows. */
export function TaskTools({ search, shown, onChange }: TaskToolsProps) {
  const about = useQuery(listQuery('tasks'));
  const phone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  return (
    <FilterBar
      active={search.where ? 1 : 0}
      open
      onClear={() => onChange({ where: undefined })}
      words={<WordsFilter label="Words" value={search.q} onChange={(q) => onChange({ q })} />}
      aside={
        !phone && (
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
