import { useQuery } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import type { ExpenseImport } from '@/shared/api/types';
import { formatCount, plural } from '@/shared/format/number';
import { TextLink } from '@/shared/ui/links';
import { When } from '@/shared/ui/When';
import { useMoneyWrite } from '../queries';
import { FileHistory } from '../FileHistory';
import { expenseImportsQuery } from './queries';

export function ExpenseImports() {
  const revert = useMoneyWrite(
    ({ id }: ExpenseImport) =>
      data(api.POST('/expenses/imports/{id}/revert', { params: { path: { id } } })),
    ({ name }) => `${name} has been taken back.`,
  );
  return (
    <FileHistory<ExpenseImport>
      title="Earlier imports"
      empty="No expenses have been imported yet."
      query={useQuery(expenseImportsQuery)}
      file={({ id, name }) => (
        <TextLink to="/funding/expenses" search={{ importId: id }}>
          {name}
        </TextLink>
      )}
      columns={[
        { header: 'Lines', cell: ({ rows }) => formatCount(rows), numeric: true },
        { header: 'Imported', cell: ({ createdAt }) => <When at={createdAt} /> },
        { header: 'By', cell: ({ by }) => by },
      ]}
      standing={() => undefined}
      revert={(one) => revert.mutateAsync(one)}
      consequences={({ rows }) =>
        `${plural(rows, 'expense')} will be gone, those too that were changed since. The file can be imported again.`
      }
    />
  );
}
