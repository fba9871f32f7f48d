import { TextInput } from '@mantine/core';
import { api, data } from '@/shared/api/client';
import type { IncomeFields, IncomeLine } from '@/shared/api/types';
import { today } from '@/shared/format/date';
import { amountError, moneyOf, typed } from '@/shared/forms/amount';
import { AmountField } from '@/shared/forms/AmountField';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { useDialogForm } from '@/shared/forms/useDialogForm';
import { StakeholderSelect } from '@/shared/stakeholders/StakeholderSelect';
import { useMoneyWrite } from '../queries';
import { kindsBody, kindsOf } from '../kinds';
import { KindsFields, payers } from '../KindsFields';
import { beginnings, type Beginning } from './beginnings';
import { at } from './queries';
import { useCurrency } from '@/shared/session/session';

interface LineDialogProps {
  /** A line to change, or what a new one begins with. */
  of: IncomeLine | Beginning;
  onClose: () => void;
}

function valuesOf(of: LineDialogProps['of'], reporting: string) {
  if (typeof of !== 'string') {
    const whose = of.ultimateDonorId === of.donorId ? '' : of.ultimateDonorId;
    const { donorId, date, amount } = of;
    return {
      ...kindsOf({ ...of, ultimateDonorId: whose }),
      donorId,
      date,
      amount: typed(amount, amount.currency),
    };
  }
  const day = today();
  return {
    ...kindsOf({
      ...beginnings[of].kinds,
      ...(of === 'fee' && { forYear: Number(day.slice(0, 4)) }),
    }),
    donorId: '',
    date: day,
    amount: typed(undefined, reporting),
  };
}

function bodyOf({ donorId, date, amount, ...kinds }: ReturnType<typeof valuesOf>): IncomeFields {
  return {
    donorId,
    date,
    amount: moneyOf(amount) ?? { minor: 0, currency: amount.currency },
    ...kindsBody(kinds),
  };
}

/** A line of the books, written by hand. */
export function LineDialog({ of, onClose }: LineDialogProps) {
  const isNew = typeof of === 'string';
  const save = useMoneyWrite(
    (body: IncomeFields) =>
      data(
        isNew ? api.POST('/income', { body }) : api.PUT('/income/{id}', { params: at(of), body }),
      ),
    isNew ? 'The line is written.' : 'The line is changed.',
  );
  const { form, problem, busy, submit } = useDialogForm(
    valuesOf(of, useCurrency()),
    (values) => save.mutateAsync(bodyOf(values)),
    onClose,
  );
  const named = isNew ? beginnings[of] : { title: 'Change the line', donor: 'Donor' };
  return (
    <DialogFrame title={named.title} size="lg" {...{ problem, busy, onClose }} onSubmit={submit}>
      <StakeholderSelect
        label={named.donor}
        required
        kinds={payers}
        {...form.getInputProps('donorId')}
      />
      <TextInput label="Received on" type="date" required {...form.getInputProps('date')} />
      <AmountField
        label="Amount"
        required
        signed={!isNew}
        value={form.values.amount}
        onChange={(amount) => form.setFieldValue('amount', amount)}
        error={amountError(form.errors)}
      />
      <KindsFields props={(field) => form.getInputProps(field)} />
    </DialogFrame>
  );
}
