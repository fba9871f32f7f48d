import { api, data } from '@/shared/api/client';
import type { IncomeLine } from '@/shared/api/types';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { useDialogForm } from '@/shared/forms/useDialogForm';
import { useMoneyWrite } from '../queries';
import { LineSummary } from './LineSummary';
import { at } from './queries';

interface RemoveDialogProps {
  line: IncomeLine;
  onClose: () => void;
}

export function RemoveDialog({ line, onClose }: RemoveDialogProps) {
  const remove = useMoneyWrite(
    () => data(api.DELETE('/income/{id}', { params: at(line) })),
    'The line is removed.',
  );
  const { problem, busy, submit } = useDialogForm({}, () => remove.mutateAsync(undefined), onClose);
  return (
    <DialogFrame
      title="Remove the line?"
      action="Remove"
      danger
      {...{ problem, busy, onClose }}
      onSubmit={submit}
    >
      <LineSummary line={line} />
      <p style={{ margin: 0 }}>
        It will be gone from every list and figure. The journal keeps that it was there.
      </p>
    </DialogFrame>
  );
}
