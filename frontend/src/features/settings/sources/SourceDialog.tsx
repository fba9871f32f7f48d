import { Button, Checkbox, Group, Radio, Stack, TagsInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, data, ifMatch } from '@/shared/api/client';
import type { Source, SourceFields } from '@/shared/api/types';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { problemErrors } from '@/shared/forms/problemErrors';
import { Dialog } from '@/shared/ui/Dialog';
import { sayDone } from '@/shared/ui/say';

interface SourceDialogProps {
  /** null makes a new one. */
  source: Source | null;
  onClose: () => void;
}

export function SourceDialog({ source, onClose }: SourceDialogProps) {
  const client = useQueryClient();
  const [problem, setProblem] = useState('');
  const form = useForm<Required<SourceFields>>({
    initialValues: {
      kind: source?.kind === 'rss' ? 'rss' : 'sedia',
      name: source?.name ?? '',
      url: source?.url ?? '',
      enabled: source?.enabled ?? true,
      programmes: source?.programmes ?? [],
      types: source?.types ?? [],
    },
  });
  const isPortal = form.values.kind === 'sedia';
  const save = useMutation({
    mutationFn: (body: SourceFields) =>
      source
        ? data(
            api.PUT('/sources/{id}', {
              params: { path: { id: source.id }, header: ifMatch(source.rev) },
              body,
            }),
          )
        : data(api.POST('/sources', { body })),
    onError: (error) => {
      const { byField, rest } = problemErrors(error, (path) => path in form.values);
      form.setErrors(byField);
      setProblem(rest);
    },
    onSuccess: async (saved) => {
      onClose();
      sayDone(`${saved.name} has been saved. The next run of the calls job reads it.`);
      await client.invalidateQueries({ queryKey: ['sources'] });
    },
  });
  return (
    <Dialog opened onClose={onClose} title={source ? source.name : 'New source'}>
      <FormProblem message={problem} />
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack gap="md">
          <Radio.Group label="Kind" {...form.getInputProps('kind')}>
            <Stack gap="xs" mt={6}>
              <Radio value="sedia" label="EU Funding & Tenders portal" disabled={source !== null} />
              <Radio value="rss" label="Feed, RSS or Atom" disabled={source !== null} />
            </Stack>
          </Radio.Group>
          <TextInput label="Name" required {...form.getInputProps('name')} />
          <TextInput
            label="Address"
            type="url"
            required={!isPortal}
            placeholder={isPortal ? 'The portal’s own address, unless given' : 'https://'}
            {...form.getInputProps('url')}
          />
          {isPortal && (
            <TagsInput
              label="Programmes"
              description="The portal’s numbers of programmes, such as 43251589 for CERV. None means all."
              {...form.getInputProps('programmes')}
            />
          )}
          <Checkbox
            label="Read by the calls job"
            {...form.getInputProps('enabled', { type: 'checkbox' })}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <SubmitButton busy={save.isPending}>Save</SubmitButton>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
