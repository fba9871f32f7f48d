import { useForm, type UseFormReturnType } from '@mantine/form';
import { useState, type SubmitEvent } from 'react';
import { problemErrors } from '@/shared/forms/problemErrors';
import { sayDone } from '@/shared/ui/say';
import { useWrite } from './queries';

interface DialogForm<V> {
  form: UseFormReturnType<V>;
  problem: string;
  busy: boolean;
  submit: (event?: SubmitEvent<HTMLFormElement>) => void;
}

/** The form of a dialog: complaints go beside their inputs, and what was saved is said and closes it. */
export function useDialogForm<V extends Record<string, unknown>>(
  initialValues: V,
  write: (values: V) => Promise<unknown>,
  { done, onClose }: { done: string; onClose: () => void },
): DialogForm<V> {
  const form = useForm<V>({ initialValues });
  const [problem, setProblem] = useState('');
  const save = useWrite(write);
  const submit = form.onSubmit((values) => {
    setProblem('');
    save.mutate(values, {
      onSuccess: () => {
        sayDone(done);
        onClose();
      },
      onError: (error) => {
        const { byField, rest } = problemErrors(
          error,
          (path) => (path.split('.')[0] ?? '') in values,
        );
        form.setErrors(byField);
        setProblem(rest);
      },
    });
  });
  return { form, problem, busy: save.isPending, submit };
}
