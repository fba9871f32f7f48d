import { ActionIcon, Button, Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useMediaQuery } from '@mantine/hooks';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Template, TemplateFields } from '@/shared/api/types';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { problemErrors } from '@/shared/forms/problemErrors';
import { useColleagueChoices } from '@/shared/session/colleagues';
import { Dialog } from '@/shared/ui/Dialog';
import { useSaveTemplate } from './templates';
import classes from './tasks.module.css';

interface TemplateDialogProps {
  open: { template: Template | undefined } | null;
  onClose: () => void;
}

export function TemplateDialog({ open, onClose }: TemplateDialogProps) {
  const phone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  return (
    <Dialog
      opened={open !== null}
      onClose={onClose}
      title={open?.template ? 'Edit the template' : 'New template'}
      size={680}
      fullScreen={phone}
    >
      {open && <TemplateForm before={open.template} onClose={onClose} />}
    </Dialog>
  );
}

interface Values {
  name: string;
  anchor: string;
  items: Row[];
}
type Row = Omit<TemplateFields['items'][number], 'days' | 'ownerId'> & {
  /** As it is typed: "-14". */
  days: string;
  ownerId: string;
};

const blankRow: Row = { title: '', days: '0', business: false, ownerId: '' };

function TemplateForm({ before, onClose }: { before: Template | undefined; onClose: () => void }) {
  const [problem, setProblem] = useState('');
  const save = useSaveTemplate(before);
  const form = useForm<Values>({
    initialValues: {
      name: before?.name ?? '',
      anchor: before?.anchor ?? '',
      items: before?.items.map((one) => ({
        ...one,
        days: String(one.days),
        ownerId: one.ownerId ?? '',
      })) ?? [blankRow],
    },
  });
  const submit = ({ name, anchor, items }: Values) =>
    save.mutate(
      { name, anchor, items: items.map((one) => ({ ...one, days: Number(one.days) })) },
      {
        onSuccess: onClose,
        onError: (error) => {
          const { byField, rest } = problemErrors(error, (path) =>
            /^(name|anchor|items)/.test(path),
          );
          form.setErrors(byField);
          setProblem(rest || (byField['items'] ?? ''));
        },
      },
    );
  return (
    <form onSubmit={form.onSubmit(submit)}>
      <FormProblem message={problem} />
      <Stack gap="sm">
        <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
        <TextInput
          label="The day that it counts from"
          placeholder="Deadline of the report"
          {...form.getInputProps('anchor')}
        />
        <div>
          {form.values.items.map((_, at) => (
            <ItemFields key={at} form={form} at={at} />
          ))}
        </div>
        <Group justify="space-between">
          <Button variant="default" onClick={() => form.insertListItem('items', blankRow)}>
            Add a task
          </Button>
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <SubmitButton busy={save.isPending}>Save</SubmitButton>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

/** One task of the template: what, and how far from the day. */
function ItemFields({ form, at }: { form: UseFormReturnType<Values>; at: number }) {
  const people = useColleagueChoices([form.values.items[at]?.ownerId]);
  const name = (field: keyof Row) => `items.${at}.${field}`;
  return (
    <div className={classes.item} role="group" aria-label={`Task ${at + 1}`}>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <TextInput
          label={`Task ${at + 1}`}
          required
          style={{ flex: 1 }}
          {...form.getInputProps(name('title'))}
        />
        <ActionIcon
          mb={4}
          aria-label={`Remove task ${at + 1}`}
          disabled={form.values.items.length === 1}
          onClick={() => form.removeListItem('items', at)}
        >
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </Group>
      <div className={classes.line}>
        <TextInput
          type="number"
          label="Days"
          description="−7: a week before"
          required
          {...form.getInputProps(name('days'))}
        />
        <NativeSelect
          label="Owner"
          data={[{ value: '', label: 'Who applies it' }, ...people]}
          {...form.getInputProps(name('ownerId'))}
        />
        <Checkbox
          mb={8}
          label="Mondays to Fridays only"
          {...form.getInputProps(name('business'), { type: 'checkbox' })}
        />
      </div>
    </div>
  );
}
