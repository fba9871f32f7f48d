import { Button, CloseButton, NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { api, data } from '@/shared/api/client';
import type { IncomeLine } from '@/shared/api/types';
import { formatMoney } from '@/shared/format/number';
import { earmarkingWords, options, restrictionWords } from '@/shared/format/words';
import { moneyOf, typed, type Typed } from '@/shared/forms/amount';
import { AmountField } from '@/shared/forms/AmountField';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { useDialogForm } from '@/shared/forms/useDialogForm';
import { StakeholderSelect } from '@/shared/stakeholders/StakeholderSelect';
import { useMoneyWrite } from '../queries';
import { kindsBody, kindsOf, type Kinds } from '../kinds';
import { payers } from '../KindsFields';
import { LineSummary } from './LineSummary';
import { at } from './queries';
import classes from './ledger.module.css';

interface Part extends Kinds {
  donorId: string;
  amount: Typed;
}

interface SplitDialogProps {
  line: IncomeLine;
  onClose: () => void;
}

const minorOf = ({ amount }: Part) => moneyOf(amount)?.minor ?? 0;

/** One payment that is several things: for several projects, or from several donors. */
export function SplitDialog({ line, onClose }: SplitDialogProps) {
  const { currency } = line.amount;
  const whose = line.ultimateDonorId === line.donorId ? '' : line.ultimateDonorId;
  const blank = (): Part => ({
    ...kindsOf({ ...line, ultimateDonorId: whose }),
    donorId: line.donorId,
    amount: typed(undefined, currency),
  });
  const split = useMoneyWrite(
    (parts: Part[]) =>
      data(
        api.POST('/income/{id}/split', {
          params: at(line),
          body: {
            parts: parts.map(({ donorId, amount, ...kinds }) => ({
              donorId,
              minor: moneyOf(amount)?.minor ?? 0,
              ...kindsBody(kinds),
            })),
          },
        }),
      ),
    'The payment is split.',
  );
  const { form, problem, busy, submit } = useDialogForm(
    { parts: [blank(), blank()] },
    ({ parts }) => split.mutateAsync(parts),
    onClose,
    (path) => /^parts(\.\d+\.(amount|donorId|earmarking|restriction|project))?$/.test(path),
  );
  const { parts } = form.values;
  const left = line.amount.minor - parts.reduce((sum, part) => sum + minorOf(part), 0);
  return (
    <DialogFrame
      title="Split the payment"
      action="Split"
      size="lg"
      {...{ problem, busy, onClose }}
      onSubmit={submit}
    >
      <LineSummary line={line} />
      <div className={classes.parts}>
        {parts.map((part, i) => (
          <fieldset key={i} className={classes.part}>
            <legend>Part {i + 1}</legend>
            <PartFields
              props={(field) => form.getInputProps(`parts.${i}.${field}`)}
              amount={part.amount}
              onAmount={(amount) => form.setFieldValue(`parts.${i}.amount`, amount)}
              error={form.errors[`parts.${i}.amount`]}
              {...(parts.length > 2 && { onRemove: () => form.removeListItem('parts', i) })}
            />
          </fieldset>
        ))}
      </div>
      <div role="status" className={classes.left} data-bad={left !== 0 || undefined}>
        <span>
          {left === 0
            ? 'The parts add up to the payment.'
            : `${formatMoney({ minor: left, currency })} in no part yet`}
          {form.errors['parts'] && <> {form.errors['parts']}</>}
        </span>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => form.insertListItem('parts', blank())}
        >
          Add a part
        </Button>
      </div>
    </DialogFrame>
  );
}

interface PartFieldsProps {
  props: (field: 'donorId' | 'earmarking' | 'restriction' | 'project') => object;
  amount: Typed;
  onAmount: (next: Typed) => void;
  error: ReactNode;
  onRemove?: () => void;
}

function PartFields({ props, amount, onAmount, error, onRemove }: PartFieldsProps) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <AmountField
        label="Amount"
        required
        fixed
        signed
        value={amount}
        onChange={onAmount}
        error={error}
      />
      <StakeholderSelect label="Donor" required kinds={payers} {...props('donorId')} />
      <NativeSelect label="Earmarking" data={options(earmarkingWords)} {...props('earmarking')} />
      <NativeSelect
        label="Restriction"
        data={options(restrictionWords)}
        {...props('restriction')}
      />
      <TextInput label="Project" {...props('project')} />
      {onRemove && <CloseButton aria-label="Take this part out" mt={26} onClick={onRemove} />}
    </SimpleGrid>
  );
}
