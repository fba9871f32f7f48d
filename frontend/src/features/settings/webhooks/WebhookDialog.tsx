import { Button, Checkbox, Group, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, data, ifMatch } from '@/shared/api/client';
import type { AccessRole, Webhook, WebhookFields } from '@/shared/api/types';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { problemErrors } from '@/shared/forms/problemErrors';
import { Dialog } from '@/shared/ui/Dialog';
import { sayDone } from '@/shared/ui/say';
import { ShownOnce } from '@/shared/ui/ShownOnce';
import { EventPicker } from './EventPicker';
import { roleWords } from './words';

interface WebhookDialogProps {
  /** null makes a new one. */
  webhook: Webhook | null;
  events: string[];
  /** With the id of the one that was made. */
  onClose: (made?: string) => void;
}

export function WebhookDialog({ webhook, events, onClose }: WebhookDialogProps) {
  const client = useQueryClient();
  const [problem, setProblem] = useState('');
  const form = useForm<Required<WebhookFields>>({
    initialValues: {
      name: webhook?.name ?? '',
      url: webhook?.url ?? '',
      role: webhook?.role ?? 'advocate',
      withRecord: webhook?.withRecord ?? false,
      events: webhook?.events ?? events.filter((event) => event.startsWith('stakeholder.')),
    },
  });
  const save = useMutation({
    mutationFn: async (body: WebhookFields) => {
      if (!webhook) return data(api.POST('/webhooks', { body }));
      const params = { path: { id: webhook.id }, header: ifMatch(webhook.rev) };
      await data(api.PUT('/webhooks/{id}', { params, body }));
      return null;
    },
    onError: (error) => {
      const { byField, rest } = problemErrors(error, (path) => path in form.values);
      form.setErrors(byField);
      setProblem(rest);
    },
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ['webhooks'] });
      if (made) return;
      sayDone('The webhook has been saved.');
      onClose();
    },
  });
  const made = save.data;
  const close = () => onClose(made?.id);
  return (
    <Dialog opened onClose={close} title={webhook ? webhook.name : 'New webhook'} size="lg">
      {made ? (
        <ShownOnce secret={made.secret} onClose={close}>
          Deliveries are signed with this secret, so that the other program can check that they come
          from here.
        </ShownOnce>
      ) : (
        <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
          <FormProblem message={problem} />
          <Stack gap="md">
            <TextInput
              label="Name"
              placeholder="Newsletter list"
              required
              {...form.getInputProps('name')}
            />
            <TextInput
              label="Address"
              type="url"
              placeholder="https://"
              required
              {...form.getInputProps('url')}
            />
            <EventPicker
              events={events}
              value={form.values.events}
              onChange={(value) => form.setFieldValue('events', value)}
              error={form.errors['events']}
            />
            <Select
              label="Reads as"
              description="It hears only of what this role may read."
              data={Object.entries(roleWords).map(([value, label]) => ({ value, label }))}
              allowDeselect={false}
              {...form.getInputProps('role')}
              onChange={(role) => {
                if (role) form.setFieldValue('role', role as AccessRole);
              }}
            />
            <Checkbox
              label="Send the record too"
              description="As the role may read it when it is sent. Otherwise only its id is sent."
              {...form.getInputProps('withRecord', { type: 'checkbox' })}
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                Cancel
              </Button>
              <SubmitButton busy={save.isPending}>Save</SubmitButton>
            </Group>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
