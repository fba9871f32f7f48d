import { useDialogForm as useForm } from '@/shared/forms/useDialogForm';
import { sayDone } from '@/shared/ui/say';
import { useWrite } from './queries';

/** The form of a dialog that writes an agreement; what was saved is said and closes it. */
export function useDialogForm<V extends Record<string, unknown>>(
  initialValues: V,
  write: (values: V) => Promise<unknown>,
  { done, onClose }: { done: string; onClose: () => void },
) {
  return useForm(initialValues, useWrite(write).mutateAsync, () => {
    sayDone(done);
    onClose();
  });
}
