import { NativeSelect, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { api, data, ifMatch } from '@/shared/api/client';
import type { Expense, ExpenseFields, Fund, Project } from '@/shared/api/types';
import { today } from '@/shared/format/date';
import { amountError, moneyOf, typed } from '@/shared/forms/amount';
import { AmountField } from '@/shared/forms/AmountField';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { useDialogForm } from '@/shared/forms/useDialogForm';
import { useMoneyWrite } from '../queries';
import { useCurrency } from '@/shared/session/session';

interface ExpenseDialogProps {
  /** null: a new one. */
  expense: Expense | null;
  projects: Project[];
  funds: Fund[];
  onClose: () => void;
}

const named = (list: { id: string; name: string }[]) =>
  list.map(({ id, name }) => ({ value: id, label: name }));

/** An expense, written by hand. A commitment that was paid becomes realised here. */
export function ExpenseDialog({ expense, projects, funds, onClose }: ExpenseDialogProps) {
  const save = useMoneyWrite(
    (body: ExpenseFields) =>
      data(
        expense
          ? api.PUT('/expenses/{id}', {
              params: { path: { id: expense.id }, header: ifMatch(expense.rev) },
              body,
            })
          : api.POST('/expenses', { body }),
      ),
    expense ? 'The expense is changed.' : 'The expense is written.',
  );
  const { form, problem, busy, submit } = useDialogForm(
    {
      date: expense?.date ?? today(),
      projectId: expense?.projectId ?? projects[0]?.id ?? '',
      fundId: expense?.fundId ?? '',
      category: expense?.category ?? '',
      state: expense?.state ?? ('realised' as const),
      amount: typed(expense?.amount, useCurrency()),
      text: expense?.text ?? '',
    },
    ({ amount, fundId, text, ...rest }) =>
      save.mutateAsync({
        ...rest,
        ...(fundId && { fundId }),
        ...(text && { text }),
        amount: moneyOf(amount) ?? { minor: 0, currency: amount.currency },
      }),
    onClose,
  );
  return (
    <DialogFrame
      title={expense ? 'Change the expense' : 'New expense'}
      size="lg"
      {...{ problem, busy, onClose }}
      onSubmit={submit}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <NativeSelect
          label="Project"
          required
          data={named(projects)}
          {...form.getInputProps('projectId')}
        />
        <TextInput label="Category" required {...form.getInputProps('category')} />
        <AmountField
          label="Amount"
          required
          signed
          value={form.values.amount}
          onChange={(amount) => form.setFieldValue('amount', amount)}
          error={amountError(form.errors)}
        />
        <NativeSelect
          label="State"
          data={[
            { value: 'realised', label: 'Paid' },
            { value: 'committed', label: 'Committed, not paid yet' },
          ]}
          {...form.getInputProps('state')}
        />
        <TextInput
          label={form.values.state === 'committed' ? 'Committed on' : 'Paid on'}
          type="date"
          required
          {...form.getInputProps('date')}
        />
        <NativeSelect
          label="Fund"
          data={[{ value: '', label: 'No fund' }, ...named(funds)]}
          {...form.getInputProps('fundId')}
        />
      </SimpleGrid>
      <Textarea label="What for" autosize minRows={2} {...form.getInputProps('text')} />
    </DialogFrame>
  );
}
