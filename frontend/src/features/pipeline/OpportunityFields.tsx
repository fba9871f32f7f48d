import { NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { earmarkingWords, options } from '@/shared/format/words';
import type { OpportunityFormApi } from './OpportunityForm';
import classes from './pipeline.module.css';

const currencies = [
  'EUR', 'USD', 'GBP', 'CHF', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'HUF', 'RON', 'BGN', 'CAD', 'JPY',
]; // prettier-ignore

/** How much is asked for, and on which terms. */
export function MoneyFields({ form }: { form: OpportunityFormApi }) {
  const { currency } = form.values;
  const known = currencies.includes(currency) ? currencies : [currency, ...currencies];
  return (
    <fieldset className={classes.group}>
      <legend>Money</legend>
      <div className={classes.pair}>
        <NumberInput
          label="Ask"
          description="Our part, where others ask with us."
          min={0}
          thousandSeparator=","
          {...form.getInputProps('amount')}
        />
        <NativeSelect
          label="Currency"
          description="Converted at today’s rate, which stays with it."
          data={known}
          {...form.getInputProps('currency')}
        />
        <NumberInput
          label="Co-financing, %"
          min={0}
          max={100}
          {...form.getInputProps('matchPercent')}
        />
        <NumberInput
          label="Co-financing, amount"
          min={0}
          thousandSeparator=","
          {...form.getInputProps('matchAmount')}
        />
        <NumberInput label="Overhead, %" min={0} max={100} {...form.getInputProps('overhead')} />
        <NativeSelect
          label="Earmarking expected"
          data={[{ value: '', label: 'Not known' }, ...options(earmarkingWords)]}
          {...form.getInputProps('earmarking')}
        />
      </div>
    </fieldset>
  );
}

/** The days that matter. */
export function TimeFields({ form }: { form: OpportunityFormApi }) {
  return (
    <fieldset className={classes.group}>
      <legend>Days</legend>
      <div className={classes.pair}>
        <TextInput type="date" label="Deadline" {...form.getInputProps('deadline')} />
        <TextInput type="date" label="Decision expected" {...form.getInputProps('decision')} />
        <TextInput type="date" label="Work from" {...form.getInputProps('from')} />
        <TextInput type="date" label="Work to" {...form.getInputProps('to')} />
      </div>
    </fieldset>
  );
}

/** Left empty, the probability follows from our own history. */
export function ProbabilityFields({ form }: { form: OpportunityFormApi }) {
  return (
    <fieldset className={classes.group}>
      <legend>Probability</legend>
      <div className={classes.pair}>
        <NumberInput
          label="Probability, %"
          description="Empty: as our own history suggests."
          min={0}
          max={100}
          {...form.getInputProps('probability')}
        />
        <TextInput
          label="Reason"
          description="Why it is another than the suggested one."
          {...form.getInputProps('probabilityReason')}
        />
      </div>
    </fieldset>
  );
}
