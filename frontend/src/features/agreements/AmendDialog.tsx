import { Button, CloseButton, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { api, data } from '@/shared/api/client';
import type { Agreement, Instalment } from '@/shared/api/types';
import { options } from '@/shared/format/words';
import { amountError, moneyOf, typed, type Typed } from '@/shared/forms/amount';
import { AmountField } from '@/shared/forms/AmountField';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { at } from './queries';
import { useDialogForm } from './useDialogForm';
import { instalmentKindWords } from './words';
import classes from './agreements.module.css';
import { useCurrency } from '@/shared/session/session';

interface Row {
  id: string;
  kind: Instalment['kind'];
  due: string;
  amount: Typed;
  paid: boolean;
}

const rowOf = ({ id, kind, due, amount, state }: Instalment, reporting: string): Row => ({
  id,
  kind,
  due,
  amount: typed(amount, reporting),
  paid: state === 'paid',
});

/** Changes the term, the amount and the instalments of what was signed, and keeps what held before. */
export function AmendDialog({ one, onClose }: { one: Agreement; onClose: () => void }) {
  const reporting = useCurrency();
  const { form, problem, busy, submit } = useDialogForm(
    {
      on: one.today,
      reason: '',
      from: one.from ?? '',
      to: one.to ?? '',
      amount: typed(one.amount, reporting),
      instalments: one.instalments.map((part) => rowOf(part, reporting)),
    },
    ({ amount, instalments, ...rest }) => {
      const sum = moneyOf(amount);
      return data(
        api.POST('/agreements/{id}/amendments', {
          params: at(one),
          body: {
            ...rest,
            ...(sum && { amount: sum }),
            instalments: instalments.map(({ id, kind, due, amount: part }) => ({
              ...(id && { id }),
              kind,
              due,
              amount: moneyOf(part) ?? { minor: 0, currency: part.currency },
            })),
          },
        }),
      );
    },
    { done: 'The agreement is amended.', onClose },
  );
  return (
    <DialogFrame
      title="Amend the agreement"
      action="Amend"
      size="lg"
      {...{ problem, busy, onClose }}
      onSubmit={submit}
    >
      <div className={classes.fields}>
        <TextInput label="Holds from" type="date" required {...form.getInputProps('on')} />
        <TextInput
          label="Reason"
          description="Everybody who reads agreements reads this: name no amounts."
          required
          className={classes.wide}
          {...form.getInputProps('reason')}
        />
        <TextInput label="Term begins" type="date" required {...form.getInputProps('from')} />
        <TextInput label="Term ends" type="date" required {...form.getInputProps('to')} />
      </div>
      <AmountField
        label="Amount"
        required
        fixed
        value={form.values.amount}
        onChange={(amount) => form.setFieldValue('amount', amount)}
        error={amountError(form.errors)}
      />
      <Schedule
        rows={form.values.instalments}
        currency={form.values.amount.currency}
        onChange={(rows) => form.setFieldValue('instalments', rows)}
      />
      {Object.entries(form.errors)
        .filter(([path]) => path.startsWith('instalments'))
        .map(([path, error]) => (
          <p key={path} style={{ color: 'var(--bad)', fontSize: 13, margin: 0 }}>
            {error}
          </p>
        ))}
    </DialogFrame>
  );
}

interface ScheduleProps {
  rows: Row[];
  currency: string;
  onChange: (rows: Row[]) => void;
}

function Schedule({ rows, currency, onChange }: ScheduleProps) {
  const set = (i: number, next: Partial<Row>) =>
    onChange(rows.map((row, j) => (i === j ? { ...row, ...next } : row)));
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
      <legend style={{ padding: 0, fontSize: 14, fontWeight: 500 }}>Instalments</legend>
      {rows.map((row, i) => (
        <div key={row.id || i} className={classes.scheduleRow}>
          <NativeSelect
            label={`Kind of instalment ${i + 1}`}
            data={options(instalmentKindWords)}
            disabled={row.paid}
            value={row.kind}
            onChange={(event) => {
              const kind = event.currentTarget.value;
              if (kind in instalmentKindWords) set(i, { kind: kind as Row['kind'] });
            }}
          />
          <TextInput
            label="Due on"
            type="date"
            required
            disabled={row.paid}
            value={row.due}
            onChange={(event) => set(i, { due: event.currentTarget.value })}
          />
          {row.paid ? (
            <span className={classes.mute}>Paid: it stays.</span>
          ) : (
            <AmountField
              label="Amount"
              required
              fixed
              value={row.amount}
              onChange={(amount) => set(i, { amount })}
            />
          )}
          {!row.paid && (
            <CloseButton
              aria-label={`Remove instalment ${i + 1}`}
              mt={24}
              onClick={() => onChange(rows.filter((_, j) => j !== i))}
            />
          )}
        </div>
      ))}
      <Button
        size="compact-sm"
        variant="subtle"
        mt={6}
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() =>
          onChange([
            ...rows,
            { id: '', kind: 'interim', due: '', amount: typed(undefined, currency), paid: false },
          ])
        }
      >
        Add an instalment
      </Button>
    </fieldset>
  );
}
