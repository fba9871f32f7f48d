import { TextInput } from '@mantine/core';
import type { BankPayment } from '@/shared/api/types';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { useDialogForm } from '@/shared/forms/useDialogForm';
import { Summary } from './Summary';
import { useIgnore } from './queries';

const reasons = ['Between our own accounts', 'A refund to us', 'A deposit', 'Booked elsewhere'];

interface IgnoreDialogProps {
  payment: BankPayment;
  onClose: () => void;
}

export function IgnoreDialog({ payment, onClose }: IgnoreDialogProps) {
  const ignore = useIgnore();
  const { form, problem, busy, submit } = useDialogForm(
    { reason: '' },
    ({ reason }) => ignore.mutateAsync({ payment, reason }),
    onClose,
  );
  return (
    <DialogFrame
      title="No income"
      action="Ignore it"
      {...{ problem, busy, onClose }}
      onSubmit={submit}
    >
      <Summary of={payment} />
      <TextInput
        label="Why it is no income"
        required
        maxLength={500}
        list="why-no-income"
        description="It stays on the list of what was ignored, with this reason."
        {...form.getInputProps('reason')}
      />
      <datalist id="why-no-income">
        {reasons.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </DialogFrame>
  );
}
