import { DialogFrame } from '@/shared/forms/DialogFrame';
import { useDialogForm } from '@/shared/forms/useDialogForm';

interface RevertDialogProps {
  /** The file that is taken back. */
  name: string;
  revert: () => Promise<unknown>;
  onClose: () => void;
  /** What goes with it, and what stays. */
  children: string;
}

/** Asks before a file is taken back with all that it brought. */
export function RevertDialog({ name, revert, onClose, children }: RevertDialogProps) {
  const { problem, busy, submit } = useDialogForm({}, revert, onClose);
  return (
    <DialogFrame
      title={`Revert ${name}?`}
      action="Revert"
      cancel="Keep it"
      danger
      {...{ problem, busy, onClose }}
      onSubmit={submit}
    >
      <p style={{ margin: 0 }}>{children}</p>
    </DialogFrame>
  );
}
