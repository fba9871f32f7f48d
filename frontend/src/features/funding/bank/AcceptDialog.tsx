import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { BankPayment, DuePayment } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatMoney } from '@/shared/format/number';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { useDialogForm } from '@/shared/forms/useDialogForm';
import { StakeholderSelect } from '@/shared/stakeholders/StakeholderSelect';
import { kindsBody, kindsOf } from '../kinds';
import { KindsFields, payers } from '../KindsFields';
import { expectedQuery, useAccept } from './queries';
import { Summary } from './Summary';
import { instalmentWords } from './words';
import classes from './bank.module.css';

interface AcceptDialogProps {
  payment: BankPayment;
  onClose: () => void;
}

/** Says by hand whose income a payment is. */
export function AcceptDialog({ payment, onClose }: AcceptDialogProps) {
  const accept = useAccept(true);
  const suggestions = payment.suggestions.filter(({ payout }) => !payout);
  const [first] = suggestions;
  const { form, problem, busy, submit } = useDialogForm(
    { donorId: first?.donorId ?? '', expectedId: first?.expectedId ?? '', ...kindsOf(first) },
    ({ donorId, expectedId, ...kinds }) =>
      accept.mutateAsync({ payment, donorId, expectedId, kinds: kindsBody(kinds) }),
    onClose,
  );
  const { donorId } = form.values;
  const expected = useQuery(expectedQuery(donorId, payment.date)).data?.items ?? [];
  const fill = (as: Parameters<typeof kindsOf>[0]) => {
    const { earmarking, restriction, sourceType, ultimateDonorId } = kindsOf(as);
    form.setValues({ earmarking, restriction, sourceType, ultimateDonorId });
  };
  const pay = (id: string) => {
    form.setFieldValue('expectedId', id);
    const one = expected.find((due) => due.id === id);
    if (one) fill(one);
  };
  return (
    <DialogFrame
      title="Book as income"
      action="Book"
      size="lg"
      {...{ problem, busy, onClose }}
      onSubmit={submit}
    >
      <Summary of={payment} />
      {suggestions.length > 1 && (
        <div role="group" aria-label="Suggestions" className={classes.suggestions}>
          {suggestions.map((one) => (
            <Button
              key={one.donorId + (one.expectedId ?? '')}
              size="compact-sm"
              variant="default"
              onClick={() => {
                form.setValues({ donorId: one.donorId, expectedId: one.expectedId ?? '' });
                fill(one);
              }}
            >
              {[one.donorName, instalmentWords(one)].filter(Boolean).join(': ')}
            </Button>
          ))}
        </div>
      )}
      <StakeholderSelect
        label="Donor"
        required
        kinds={payers}
        {...form.getInputProps('donorId')}
        onChange={(id) => form.setValues({ donorId: id, expectedId: '' })}
      />
      {expected.length > 0 && (
        <NativeSelect
          label="Instalment that it pays"
          data={[{ value: '', label: 'None' }, ...expected.map(asOption)]}
          {...form.getInputProps('expectedId')}
          onChange={(event) => pay(event.currentTarget.value)}
        />
      )}
      <KindsFields props={(field) => form.getInputProps(field)} />
    </DialogFrame>
  );
}

const asOption = ({ id, title, due, amount }: DuePayment) => ({
  value: id,
  label: `${title}, due ${formatDate(due)}, ${formatMoney(amount)}`,
});
