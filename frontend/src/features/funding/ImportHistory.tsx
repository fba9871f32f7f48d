import { useQuery } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import type { IncomeImport } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatCount, plural } from '@/shared/format/number';
import { Tag } from '@/shared/ui/Tag';
import { When } from '@/shared/ui/When';
import { FileHistory } from './FileHistory';
import { importsQuery, useMoneyWrite } from './queries';

/** The files that were imported: those of gifts only, or all, where those of gifts are marked. */
export function ImportHistory({ of }: { of?: 'gifts' }) {
  const revert = useMoneyWrite(
    ({ id }: IncomeImport) =>
      data(api.POST('/income/imports/{id}/revert', { params: { path: { id } } })),
    ({ name }) => `${name} has been taken back.`,
  );
  return (
    <FileHistory<IncomeImport>
      title="Earlier imports"
      empty="Nothing has been imported yet."
      query={useQuery(importsQuery(of))}
      file={({ name, donorId }) =>
        donorId && !of ? (
          <>
            {name} <Tag>gifts</Tag>
          </>
        ) : (
          name
        )
      }
      columns={[
        { header: 'Lines', cell: ({ rows }) => formatCount(rows), numeric: true },
        {
          header: 'Dates',
          cell: ({ firstDate, lastDate }) =>
            formatDate(firstDate) + (lastDate === firstDate ? '' : ` – ${formatDate(lastDate)}`),
        },
        {
          header: 'Imported',
          cell: ({ liveAt, createdAt }) => <When at={liveAt ?? createdAt} />,
        },
        { header: 'By', cell: ({ by }) => by },
      ]}
      standing={({ revertedAt }) => (revertedAt ? 'Reverted' : undefined)}
      revert={(one) => revert.mutateAsync(one)}
      consequences={({ rows, gifts }) =>
        `${plural(rows, 'line')}${gifts ? ', and the fees with them,' : ''} will be gone from every list and figure. Donors that the import added stay. You can import the file again.`
      }
    />
  );
}
