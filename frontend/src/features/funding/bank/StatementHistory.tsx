import { useQuery } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import type { BankStatement } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { plural } from '@/shared/format/number';
import { TextLink } from '@/shared/ui/links';
import { sayDone } from '@/shared/ui/say';
import { When } from '@/shared/ui/When';
import { FileHistory } from '../FileHistory';
import { alreadyWords, statementsQuery, useBankWrite } from './queries';
import classes from './bank.module.css';

export function StatementHistory() {
  const revert = useBankWrite(
    ({ id }: BankStatement) =>
      data(api.POST('/bank/statements/{id}/revert', { params: { path: { id } } })),
    (_, { name }) => sayDone(`${name} has been taken back.`),
    true,
  );
  return (
    <FileHistory<BankStatement>
      title="Statements"
      empty="No statement has been imported yet."
      query={useQuery(statementsQuery)}
      file={(one) => (
        <>
          {one.revertedAt ? (
            one.name
          ) : (
            <TextLink to="/funding/bank" search={{ statementId: one.id, state: 'any' }}>
              {one.name}
            </TextLink>
          )}
          <div className={classes.mute}>{one.format}</div>
        </>
      )}
      columns={[
        { header: 'Account', cell: ({ accounts }) => accounts.join(', ') },
        {
          header: 'Days',
          cell: ({ from, to }) => (
            <span style={{ whiteSpace: 'nowrap' }}>
              {formatDate(from)}
              {to !== from && ` – ${formatDate(to)}`}
            </span>
          ),
        },
        {
          header: 'Payments in',
          cell: (one) => (
            <>
              {one.added} of {one.credits} new
              <div className={classes.mute}>{alreadyWords(one)}</div>
            </>
          ),
        },
        {
          header: 'Imported',
          cell: ({ createdAt, by }) => (
            <>
              <When at={createdAt} />
              <div className={classes.mute}>{by}</div>
            </>
          ),
        },
      ]}
      standing={({ revertedAt }) => (revertedAt ? 'Reverted' : undefined)}
      revert={(one) => revert.mutateAsync(one)}
      consequences={({ added }) =>
        `${plural(added, 'payment')} will be gone, with the income that was made of them. The statement can be imported again.`
      }
    />
  );
}
