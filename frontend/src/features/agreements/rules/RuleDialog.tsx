import { MultiSelect, NativeSelect, NumberInput, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { within } from '@/shared/api/problem';
import type { RequirementRule, RequirementRules } from '@/shared/api/types';
import { options, sourceTypeWords } from '@/shared/format/words';
import { amountError, moneyOf, typed } from '@/shared/forms/amount';
import { AmountField } from '@/shared/forms/AmountField';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { useDialogForm } from '@/shared/forms/useDialogForm';
import { sayDone } from '@/shared/ui/say';
import { requirementKindWords } from '../words';
import { useSetRules } from './queries';
import { whenWords } from './words';
import { useCurrency } from '@/shared/session/session';

interface RuleDialogProps {
  of: RequirementRules;
  /** null adds one. */
  rule: RequirementRule | null;
  onClose: () => void;
}

export function RuleDialog({ of, rule, onClose }: RuleDialogProps) {
  const currency = useCurrency();
  const save = useSetRules();
  // A save goes onto what the form began from, whatever is read behind it.
  const [base] = useState(of);
  const place = rule ? base.rules.findIndex(({ id }) => id === rule.id) : base.rules.length;
  const { form, problem, busy, submit } = useDialogForm(
    {
      title: rule?.title ?? '',
      kind: rule?.kind ?? 'narrative',
      days: String(Math.abs(rule?.days ?? 60)),
      side: (rule?.days ?? 0) < 0 ? 'before' : 'after',
      when: rule?.when ?? 'end',
      sourceTypes: rule?.sourceTypes ?? [],
      programmes: rule?.programmes ?? [],
      except: rule?.except ?? [],
      above: typed(rule?.above, currency),
      label: rule?.label ?? '',
    },
    ({ above, side, days, ...fields }) => {
      const over = moneyOf(above);
      const next: RequirementRule = {
        ...fields,
        id: rule?.id ?? '',
        days: side === 'before' ? -Number(days) : Number(days),
        ...(over && { above: over }),
      };
      return save
        .mutateAsync({ rev: base.rev, rules: base.rules.toSpliced(place, rule ? 1 : 0, next) })
        .catch((error: unknown) => {
          throw within(error, `rules[${place}]`);
        });
    },
    () => {
      sayDone('The rule is saved.');
      onClose();
    },
  );
  return (
    <DialogFrame
      title={rule ? 'Rule for requirements' : 'New rule for requirements'}
      {...{ problem, busy, onClose }}
      onSubmit={submit}
    >
      <TextInput label="What is required" required {...form.getInputProps('title')} />
      <NativeSelect
        label="Kind"
        data={options(requirementKindWords)}
        {...form.getInputProps('kind')}
      />
      <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
        <legend style={{ padding: 0, fontSize: 14, fontWeight: 500 }}>Due</legend>
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'flex-start' }}>
          <NumberInput
            aria-label="Days"
            w={110}
            suffix=" days"
            min={0}
            max={3650}
            allowDecimal={false}
            hideControls
            required
            {...form.getInputProps('days')}
          />
          <NativeSelect
            aria-label="Before or after"
            data={['after', 'before']}
            {...form.getInputProps('side')}
          />
          <NativeSelect
            aria-label="Counted from"
            style={{ flex: '1 1 190px' }}
            data={options(whenWords)}
            {...form.getInputProps('when')}
          />
        </div>
      </fieldset>
      <MultiSelect
        label="Sources"
        description="None: agreements with every source."
        data={options(sourceTypeWords)}
        clearable
        clearButtonProps={{ 'aria-label': 'Every source' }}
        {...form.getInputProps('sourceTypes')}
      />
      <TagsInput
        label="Programmes with the words"
        description="None: every programme."
        {...form.getInputProps('programmes')}
      />
      <TagsInput label="Not programmes with the words" {...form.getInputProps('except')} />
      <AmountField
        label="Only above"
        description="What the agreement is worth; empty: whatever it is worth."
        fixed
        value={form.values.above}
        onChange={(above) => form.setFieldValue('above', above)}
        error={amountError(form.errors, 'above')}
      />
      <TextInput
        label="Where it comes from"
        description="Stands beside what is proposed."
        {...form.getInputProps('label')}
      />
    </DialogFrame>
  );
}
