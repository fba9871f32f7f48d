import { Button, Skeleton, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { api, data, ifMatch } from '@/shared/api/client';
import type { FeeFields, FeeYear } from '@/shared/api/types';
import { amountError, moneyOf, typed } from '@/shared/forms/amount';
import { AmountField } from '@/shared/forms/AmountField';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { useDialogForm } from '@/shared/forms/useDialogForm';
import { Ready } from '@/shared/states/states';
import { useMoneyWrite } from '../queries';
import { ExceptionFields, exceptionsOf, typedExceptions } from './ExceptionFields';
import { feeYearsQuery } from './queries';
import { useCurrency } from '@/shared/session/session';

/** The year whose fee is set, as it was chosen: the page behind may go on to another. */
export interface FeeOf {
  year: number;
  label: string;
  /** Of the fee that is set already. */
  id: string | undefined;
}

interface FeeDialogProps {
  of: FeeOf;
  onClose: () => void;
}

/** The fee of a year. A new one begins as that of the last year that has one. */
export function FeeDialog({ of: { year, label, id }, onClose }: FeeDialogProps) {
  // As it is now each time the dialog opens: from a kept answer a change would be written onto what nobody has seen.
  const query = useQuery({ ...feeYearsQuery, gcTime: 0, staleTime: Infinity });
  return (
    <Ready query={query} loading={<Skeleton height={0} />}>
      {({ items }) => (
        <Form
          year={year}
          label={label}
          fee={items.find((one) => one.id === id) ?? null}
          before={items.find((one) => one.year < year)}
          onClose={onClose}
        />
      )}
    </Ready>
  );
}

interface FormProps {
  year: number;
  label: string;
  fee: FeeYear | null;
  before: FeeYear | undefined;
  onClose: () => void;
}

function Form({ year, label, fee: current, before, onClose }: FormProps) {
  const [fee] = useState(current); // what the form began with, whatever is read meanwhile
  const save = useMoneyWrite(
    (body: FeeFields) =>
      data(
        fee
          ? api.PUT('/fees/{id}', {
              params: { path: { id: fee.id }, header: ifMatch(fee.rev) },
              body,
            })
          : api.POST('/fees', { body }),
      ),
    `The fee of ${label} is set.`,
  );
  const start = fee ?? before;
  const { form, problem, busy, submit } = useDialogForm(
    {
      amount: typed(start?.amount, useCurrency()),
      exceptions: typedExceptions(start),
      note: fee?.note ?? '',
    },
    ({ amount, exceptions, note }) =>
      save.mutateAsync({
        year,
        amount: moneyOf(amount) ?? { minor: -1, currency: amount.currency },
        exceptions: exceptionsOf(exceptions, amount.currency),
        note,
      }),
    onClose,
  );
  return (
    <DialogFrame
      title={`Membership fee of ${label}`}
      size="xl"
      {...{ problem, busy, onClose }}
      onSubmit={submit}
    >
      <AmountField
        label="Every member pays"
        required
        value={form.values.amount}
        onChange={(amount) => form.setFieldValue('amount', amount)}
        error={amountError(form.errors)}
      />
      {form.values.exceptions.map((one, i) => (
        <ExceptionFields
          key={one.key}
          index={i}
          value={one}
          errors={form.errors}
          currency={form.values.amount.currency}
          onChange={(next) => form.setFieldValue(`exceptions.${i}`, next)}
          onRemove={() => form.removeListItem('exceptions', i)}
        />
      ))}
      <div>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={15} aria-hidden />}
          onClick={() =>
            form.insertListItem('exceptions', {
              key: String(Date.now()),
              memberId: '',
              figure: '',
              reason: '',
            })
          }
        >
          A member who pays something else
        </Button>
      </div>
      <Textarea
        label="Note"
        description="Who decided it, and when"
        autosize
        minRows={2}
        {...form.getInputProps('note')}
      />
    </DialogFrame>
  );
}
