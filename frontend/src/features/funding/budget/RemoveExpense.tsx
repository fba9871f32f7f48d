import { api, data, ifMatch } from '@/shared/api/client';
import type { Expense } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatMoney } from '@/shared/format/number';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { useDialogForm } from '@/shared/forms/useDialogForm';
import { useMoneyWrite } from '../queries';

export function RemoveExpense({ expense, onClose }: { expense: Expense; onClose: () => void }) {
  const { id, rev, date, category, amount } = expense;
  const remove = useMoneyWrite(
    () => data(api.DELETE('/expenses/{id}', { params: { path: { id }, header: ifMatch(rev) } })),
    'The expense is removed.',
  );
  const { problem, busy, submit } = useDialogForm({}, () => remove.mutateAsync(undefined), onClose);
  return (
    <DialogFrame
      title="Remove the expense?"
      action="Remove"
      danger
      {...{ problem, busy, onClose }}
      onSubmit={submit}
    >
      <p style={{ margin: 0 }}>
        {category}, {formatMoney(amount)} of {formatDate(date)}, will be gone from the budget and
        its forecast. The journal keeps that it was there.
      </p>
    </DialogFrame>
  );
}
