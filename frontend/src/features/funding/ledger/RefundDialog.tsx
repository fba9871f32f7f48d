import { Textarea, TextInput } from '@mantine/core';
import { api, data, ifMatch } from '@/shared/api/client';
import type { IncomeLine, Money } from '@/shared/api/types';
import { today } from '@/shared/format/date';
import { amountError, moneyOf, typed } from '@/shared/forms/amount';
import { AmountField } from '@/shared/forms/AmountField';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { useDialogForm } from '@/shared/forms/useDialogForm';
import { useMoneyWrite } from '../queries';
import { LineSummary } from './LineSummary';

interface LineDialogProps {
  line: IncomeLine;
  onClose: () => void;
}

/** A part of a line, or all of it, was given back. */
export function RefundDialog({ line, onClose }: LineDialogProps) {
  const refund = useMoneyWrite(
    (body: { amount: Money; date: string; note: string }) =>
      data(api.POST('/income/{id}/refund', { params: { path: { id: line.id } }, body })),
    'The refund is written.',
  );
  const { form, problem, busy, submit } = useDialogForm(
    { amount: typed(undefined, line.amount.currency), date: today(), note: '' },
    ({ amount, date, note }) =>
      refund.mutateAsync({
        amount: moneyOf(amount) ?? { minor: 0, currency: amount.currency },
        date,
        note,
      }),
    onClose,
  );
  return (
    <DialogFrame
      title="Refund"
      action="Write the refund"
      {...{ problem, busy, onClose }}
      onSubmit={submit}
    >
      <LineSummary line={line} />
      <AmountField
        label="Given back"
        description="It becomes a negative line of the same donor, in the year of its day."
        required
        fixed
        value={form.values.amount}
        onChange={(amount) => form.setFieldValue('amount', amount)}
        error={amountError(form.errors)}
      />
      <TextInput label="Given back on" type="date" required {...form.getInputProps('date')} />
      <Textarea label="Note" autosize minRows={2} {...form.getInputProps('note')} />
    </DialogFrame>
  );
}

/** A line that was wrong, above all one of a closed year. */
export function ReverseDialog({ line, onClose }: LineDialogProps) {
  const reverse = useMoneyWrite(
    (body: { date: string; note: string }) =>
      data(
        api.POST('/income/{id}/reverse', {
          params: { path: { id: line.id }, header: ifMatch(line.rev) },
          body,
        }),
      ),
    'The line is taken back.',
  );
  const { form, problem, busy, submit } = useDialogForm(
    { date: today(), note: '' },
    (values) => reverse.mutateAsync(values),
    onClose,
  );
  return (
    <DialogFrame
      title="Reverse the line"
      action="Reverse it"
      {...{ problem, busy, onClose }}
      onSubmit={submit}
    >
      <LineSummary line={line} />
      <p style={{ margin: 0 }}>
        A second line of the opposite amount is written, at the same rate, so that the two are
        nothing together. The line itself stays as it is.
      </p>
      <TextInput
        label="On"
        type="date"
        required
        description="A day in a year that is open."
        {...form.getInputProps('date')}
      />
      <Textarea label="Why" autosize minRows={2} {...form.getInputProps('note')} />
    </DialogFrame>
  );
}
