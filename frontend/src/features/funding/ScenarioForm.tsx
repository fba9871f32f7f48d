import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, data, ifMatch } from '@/shared/api/client';
import type { Scenario, ScenarioFields } from '@/shared/api/types';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { problemErrors } from '@/shared/forms/problemErrors';
import { changeKinds, freshChange } from './changes';
import { ChangeFields } from './ChangeFields';
import classes from './funding.module.css';
import { linesQuery, projectsQuery, useMoneyWrite } from './queries';
import type { LensSearch } from './search';

interface ScenarioFormProps {
  scenario: Scenario | null;
  lens: LensSearch;
  /** With the id of what was saved; without one where it is gone. */
  onDone: (saved?: string) => void;
}

export function ScenarioForm({ scenario, lens, onDone }: ScenarioFormProps) {
  const [problem, setProblem] = useState('');
  const lines = useQuery(linesQuery(lens));
  const projects = useQuery(projectsQuery);
  const form = useForm<ScenarioFields>({
    initialValues: {
      name: scenario?.name ?? '',
      description: scenario?.description ?? '',
      changes: scenario?.changes ?? [],
    },
  });
  const save = useMoneyWrite(
    (body: ScenarioFields) =>
      scenario
        ? data(
            api.PUT('/scenarios/{id}', {
              params: { path: { id: scenario.id }, header: ifMatch(scenario.rev) },
              body,
            }),
          )
        : data(api.POST('/scenarios', { body })),
    'The scenario is saved.',
  );
  const remove = useMoneyWrite(
    ({ id, rev }: Scenario) =>
      data(api.DELETE('/scenarios/{id}', { params: { path: { id }, header: ifMatch(rev) } })),
    'The scenario is removed.',
  );
  const refused = (error: unknown) => {
    const { byField, rest } = problemErrors(error, () => true);
    form.setErrors(byField);
    setProblem(rest);
  };
  return (
    <form
      onSubmit={form.onSubmit((values) =>
        save.mutate(values, {
          onSuccess: (saved) => onDone(saved.id),
          onError: refused,
        }),
      )}
    >
      <FormProblem message={problem} />
      <Stack gap="sm">
        <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
        <Textarea label="Description" autosize minRows={2} {...form.getInputProps('description')} />
        {form.values.changes.map((change, at) => (
          <div key={at} className={classes.change}>
            <ChangeFields
              at={at}
              change={change}
              form={form}
              lens={lens}
              lines={lines.data}
              projects={projects.data?.items ?? []}
            />
          </div>
        ))}
        <Group gap="xs">
          {changeKinds.map(({ kind, label }) => (
            <Button
              key={kind}
              size="compact-sm"
              variant="default"
              onClick={() => form.insertListItem('changes', freshChange(kind, lens.view))}
            >
              {label}
            </Button>
          ))}
        </Group>
        <Group justify="space-between" mt="sm">
          {scenario ? (
            <Button
              variant="subtle"
              color="red"
              onClick={() =>
                remove.mutate(scenario, { onSuccess: () => onDone(), onError: refused })
              }
            >
              Remove
            </Button>
          ) : (
            <span />
          )}
          <SubmitButton busy={save.isPending}>Save and compare</SubmitButton>
        </Group>
      </Stack>
    </form>
  );
}
