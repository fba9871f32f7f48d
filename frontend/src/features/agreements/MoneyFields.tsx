import { Checkbox, NumberInput, TextInput } from '@mantine/core';
import { AmountField } from '@/shared/forms/AmountField';
import type { Form } from './AgreementForm';
import classes from './agreements.module.css';
import { useCurrency } from '@/shared/session/session';

/** The amount, what we bring ourselves, and what may be charged for overhead. */
export function MoneyFields({ form }: { form: Form }) {
  const share = { suffix: ' %', min: 0, max: 100, decimalScale: 2, hideControls: true };
  return (
    <>
      <h2 className={classes.heading}>Money</h2>
      <div className={classes.wide}>
        <AmountField
          label="Amount"
          description={`Converted into ${useCurrency()} at the rate of the day of signing.`}
          value={form.values.amount}
          onChange={(amount) => form.setFieldValue('amount', amount)}
          error={form.errors['amount']}
        />
      </div>
      <NumberInput
        label="Co-financing"
        description="Of the total cost."
        {...share}
        {...form.getInputProps('coFinancing')}
      />
      <AmountField
        label="Co-financing amount"
        description="In the currency of the agreement."
        fixed
        value={{ ...form.values.coFinancingAmount, currency: form.values.amount.currency }}
        onChange={(amount) => form.setFieldValue('coFinancingAmount', amount)}
        error={form.errors['coFinancingAmount']}
      />
      <NumberInput
        label="Overhead"
        description="Of the direct costs."
        {...share}
        {...form.getInputProps('overhead')}
      />
      <NumberInput
        label="Most that the donor allows"
        description="Empty where no cap is known."
        {...share}
        {...form.getInputProps('overheadCap')}
      />
      <TextInput
        label="The donor’s rule on overhead"
        className={classes.wide}
        {...form.getInputProps('overheadRule')}
      />
      <Checkbox
        label="An EU operating grant"
        className={classes.wide}
        {...form.getInputProps('operatingGrant', { type: 'checkbox' })}
      />
    </>
  );
}
