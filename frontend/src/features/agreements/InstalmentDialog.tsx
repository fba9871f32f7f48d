import { NativeSelect, TextInput } from '@mantine/core';
import { api, data } from '@/shared/api/client';
import type { Agreement, Instalment, InstalmentFields } from '@/shared/api/types';
import { earmarkingWords, options } from '@/shared/format/words';
import { amountError, moneyOf, typed } from '@/shared/forms/amount';
import { AmountField } from '@/shared/forms/AmountField';
import { Allocations, type Row } from './Allocations';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { at, atPart } from './queries';
import { useDialogForm } from './useDialogForm';
import { instalmentKindWords } from './words';
import { useCurrency } from '@/shared/session/session';

interface InstalmentDialogProps {
  one: Agreement;
  /** null adds one. */
  part: Instalment | null;
  onClose: () => void;
}

const valuesOf = (one: Agreement, part: Instalment | null, reporting: string) => ({
  kind: part?.kind ?? (one.instalments.length === 0 ? 'prefinancing' : 'interim'),
  due: part?.due ?? '',
  amount: typed(part?.amount, one.amount?.currency ?? reporting),
  earmarking: part?.earmarking ?? '',
  note: part?.note ?? '',
  allocations: (part?.allocations ?? []).map(
    ({ fund = '', project = '', year = '', weight = 0 }): Row => ({ fund, project, year, weight }),
  ),
});

function bodyOf({ kind, due, amount, earmarking, note, allocations }: ReturnType<typeof valuesOf>) {
  const fields: InstalmentFields = {
    kind,
    due,
    amount: moneyOf(amount) ?? { minor: 0, currency: amount.currency },
    ...(earmarking && { earmarking: earmarking as NonNullable<InstalmentFields['earmarking']> }),
    note,
    allocations: allocations.map(({ fund, project, year, weight }) => ({
      fund,
      project,
      ...(year !== '' && { year: Number(year) }),
      weight: Number(weight),
    })),
  };
  return fields;
}

export function InstalmentDialog({ one, part, onClose }: InstalmentDialogProps) {
  const { form, problem, busy, submit } = useDialogForm(
    valuesOf(one, part, useCurrency()),
    (values) => {
      const body = bodyOf(values);
      return data(
        part
          ? api.PUT('/agreements/{id}/instalments/{part}', { params: atPart(one, part.id), body })
          : api.POST('/agreements/{id}/instalments', { params: at(one), body }),
      );
    },
    { done: 'The instalment is saved.', onClose },
  );
  return (
    <DialogFrame
      title={part ? 'Instalment' : 'New instalment'}
      {...{ problem, busy, onClose }}
      onSubmit={submit}
    >
      <NativeSelect
        label="Kind"
        data={options(instalmentKindWords)}
        {...form.getInputProps('kind')}
      />
      <TextInput label="Due on" type="date" required {...form.getInputProps('due')} />
      <AmountField
        label="Amount"
        required
        fixed
        value={form.values.amount}
        onChange={(amount) => form.setFieldValue('amount', amount)}
        error={amountError(form.errors)}
      />
      <NativeSelect
        label="Earmarking"
        data={[{ value: '', label: 'As the agreement' }, ...options(earmarkingWords)]}
        {...form.getInputProps('earmarking')}
      />
      <Allocations
        rows={form.values.allocations}
        onChange={(rows) => form.setFieldValue('allocations', rows)}
        error={Object.entries(form.errors).find(([path]) => path.startsWith('allocations'))?.[1]}
      />
      <TextInput label="Note" {...form.getInputProps('note')} />
    </DialogFrame>
  );
}
