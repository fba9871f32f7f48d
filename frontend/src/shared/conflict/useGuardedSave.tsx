import type { UseFormReturnType } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { isStatus } from '@/shared/api/problem';
import { problemErrors } from '@/shared/forms/problemErrors';
import { differences, keepMine } from './compare';
import { ConflictDialog } from './ConflictDialog';

interface GuardedSave<T, V extends object> {
  form: UseFormReturnType<V>;
  /** The record as it was when the form was opened; null for a new one. */
  loaded: T | null;
  valuesOf: (one: T) => V;
  /** Sends the values, as a change of the record as it is given, or as a new record. */
  write: (values: V, of: T | null) => Promise<T>;
  reload: (id: string) => Promise<T>;
  onSaved: (saved: T) => void;
  nameOf: (field: string) => string;
  show: (field: string, value: unknown) => ReactNode;
  /** The input that a complaint of the API about a field belongs to, where the names differ. */
  fieldOf?: (path: string) => string;
}

/**
 * Saves the form of a record that others may change meanwhile: complaints go to their inputs, and where
 * somebody was quicker a dialog shows what they changed.
 */
export function useGuardedSave<T extends { id: string }, V extends object>({
  form,
  loaded,
  valuesOf,
  write,
  reload,
  onSaved,
  nameOf,
  show,
  fieldOf = (path) => path,
}: GuardedSave<T, V>) {
  // What the form began from: a refresh behind it must not shift the ground.
  const [base, setBase] = useState(loaded);
  const [theirs, setTheirs] = useState<T | null>(null);
  const [problem, setProblem] = useState('');
  const showProblem = (error: unknown) => {
    const { byField, rest } = problemErrors(error, (path) => fieldOf(path) in form.getValues());
    form.setErrors(
      Object.fromEntries(Object.entries(byField).map(([path, said]) => [fieldOf(path), said])),
    );
    setProblem(rest);
  };
  const save = useMutation({
    mutationFn: ({ values, of }: { values: V; of: T | null }) => write(values, of),
    onSuccess: onSaved,
    onError: (error) => {
      setTheirs(null);
      if (base && isStatus(error, 412)) reload(base.id).then(setTheirs, showProblem);
      else showProblem(error);
    },
  });
  const submit = (values: V, of: T | null = base) => {
    setProblem('');
    save.mutate({ values, of });
  };
  const dialog = base && theirs && (
    <ConflictDialog
      opened
      differences={differences(valuesOf(base), form.values, valuesOf(theirs))}
      nameOf={nameOf}
      show={show}
      busy={save.isPending}
      onClose={() => setTheirs(null)}
      onTheirs={() => {
        form.setValues(valuesOf(theirs));
        setBase(theirs);
        setTheirs(null);
      }}
      onMine={() => submit(keepMine(valuesOf(base), form.values, valuesOf(theirs)), theirs)}
    />
  );
  return { submit, busy: save.isPending, problem, dialog };
}
