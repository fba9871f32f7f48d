import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { useDialogForm } from '@/shared/forms/useDialogForm';
import { useMoneyWrite } from '../queries';
import classes from './ledger.module.css';

interface ReopenProps {
  closed: { year: number; label: string }[];
}

/** Opens a closed year again. The reason stays on record. */
export function Reopen({ closed }: ReopenProps) {
  const [asked, setAsked] = useState(false);
  if (closed.length === 0) return null;
  return (
    <div className={classes.reopen}>
      {asked ? (
        <Form closed={closed} onClose={() => setAsked(false)} />
      ) : (
        <Button size="xs" variant="default" onClick={() => setAsked(true)}>
          Open a closed year again…
        </Button>
      )}
    </div>
  );
}

function Form({ closed, onClose }: ReopenProps & { onClose: () => void }) {
  const reopen = useMoneyWrite(
    ({ year, reason }: { year: string; reason: string }) =>
      data(
        api.POST('/books/{year}/reopen', {
          params: { path: { year: Number(year) } },
          body: { reason },
        }),
      ),
    'The year is open again.',
  );
  const { form, problem, busy, submit } = useDialogForm(
    { year: String(closed[0]?.year ?? ''), reason: '' },
    (values) => reopen.mutateAsync(values),
    onClose,
  );
  return (
    <form onSubmit={submit}>
      <FormProblem message={problem} />
      <NativeSelect
        label="Closed year"
        data={closed.map(({ year, label }) => ({ value: String(year), label }))}
        {...form.getInputProps('year')}
      />
      <TextInput
        label="Why it is opened again"
        description="The reason stays on record."
        required
        maxLength={500}
        mt="sm"
        {...form.getInputProps('reason')}
      />
      <Group justify="flex-end" mt="sm">
        <Button variant="default" onClick={onClose}>
          Leave it closed
        </Button>
        <SubmitButton busy={busy}>Open it</SubmitButton>
      </Group>
    </form>
  );
}
