import { Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import type { Agreement, Instalment } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatMoney } from '@/shared/format/number';
import { amountError, moneyOf, typed } from '@/shared/forms/amount';
import { AmountField } from '@/shared/forms/AmountField';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { all, atPart } from './queries';
import { useDialogForm } from './useDialogForm';
import { instalmentKindWords } from './words';
import { useCurrency } from '@/shared/session/session';

interface MoveInstalmentDialogProps {
  one: Agreement;
  part: Instalment;
  to: 'requested' | 'paid';
  onClose: () => void;
}

/** Says when a payment was requested, or when it came, how much, and by which line of income. */
export function MoveInstalmentDialog({ one, part, to, onClose }: MoveInstalmentDialogProps) {
  const paid = to === 'paid';
  const currency = useCurrency();
  const { form, problem, busy, submit } = useDialogForm(
    { on: one.today, incomeId: '', amount: typed(part.amount, one.amount?.currency ?? currency) },
    ({ on, incomeId, amount }) => {
      const came = moneyOf(amount);
      return data(
        api.PUT('/agreements/{id}/instalments/{part}/state', {
          params: atPart(one, part.id),
          body: {
            state: to,
            on,
            ...(paid && { ...(incomeId && { incomeId }), ...(came && { amount: came }) }),
          },
        }),
      );
    },
    { done: paid ? 'The payment has come.' : 'The payment is requested.', onClose },
  );
  return (
    <DialogFrame
      title={`${instalmentKindWords[part.kind]} ${to}`}
      {...{ problem, busy, onClose }}
      onSubmit={submit}
    >
      <TextInput
        label={paid ? 'Paid on' : 'Requested on'}
        type="date"
        required
        max={one.today}
        {...form.getInputProps('on')}
        error={form.errors[paid ? 'paidOn' : 'requestedOn'] ?? form.errors['on']}
      />
      {paid && (
        <>
          <AmountField
            label="What has come"
            fixed
            value={form.values.amount}
            onChange={(amount) => form.setFieldValue('amount', amount)}
            error={amountError(form.errors)}
          />
          <IncomePicker
            donorId={one.donorId}
            value={form.values.incomeId}
            onChange={(incomeId) => form.setFieldValue('incomeId', incomeId)}
          />
        </>
      )}
    </DialogFrame>
  );
}

interface IncomePickerProps {
  donorId: string;
  value: string;
  onChange: (id: string) => void;
}

function IncomePicker({ donorId, value, onChange }: IncomePickerProps) {
  const lines = useQuery({
    queryKey: [...all, 'income', donorId],
    queryFn: ({ signal }) =>
      data(
        api.GET('/income', { params: { query: { donorId, limit: 100, sort: '-date' } }, signal }),
      ),
  });
  return (
    <Select
      label="Income line"
      description="The line of the books by which it came, where it is imported already."
      placeholder="None"
      clearable
      clearButtonProps={{ 'aria-label': 'No income line' }}
      data={(lines.data?.items ?? []).map(({ id, date, amount }) => ({
        value: id,
        label: `${formatDate(date)} · ${formatMoney(amount)}`,
      }))}
      value={value || null}
      onChange={(id) => onChange(id ?? '')}
    />
  );
}
