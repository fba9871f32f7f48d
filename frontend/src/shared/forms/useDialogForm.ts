import { useForm, type UseFormReturnType } from '@mantine/form';
import { useState, type SubmitEvent } from 'react';
import { problemErrors } from './problemErrors';

interface DialogForm<V> {
  form: UseFormReturnType<V>;
  problem: string;
  busy: boolean;
  submit: (event?: SubmitEvent<HTMLFormElement>) => void;
}

/**
 * The form of a dialog: complaints go beside their inputs. `write` is the mutateAsync of a mutation; `onSaved`
 * closes the dialog. `shows` says which paths have a place for a complaint in the dialog, where the first part of
 * the path does not tell; any other complaint stands above the form.
 */
export function useDialogForm<V extends Record<string, unknown>, T>(
  initialValues: V,
  write: (values: V) => Promise<T>,
  onSaved: (saved: T) => void,
  shows?: (path: string) => boolean,
): DialogForm<V> {
  const form = useForm<V>({ initialValues });
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const refuse = (error: unknown) => {
    const { byField, rest } = problemErrors(
      error,
      shows ?? ((path) => (path.split('.')[0] ?? '') in form.getValues()),
    );
    form.setErrors(byField);
    setProblem(rest);
  };
  const submit = form.onSubmit((given) => {
    setProblem('');
    setBusy(true);
    write(given)
      .then(onSaved, refuse)
      .finally(() => setBusy(false));
  });
  return { form, problem, busy, submit };
}
