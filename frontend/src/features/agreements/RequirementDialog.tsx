import { NativeSelect, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import type { Agreement, Requirement, RequirementFields } from '@/shared/api/types';
import { options } from '@/shared/format/words';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { OwnerSelect } from './OwnerSelect';
import { all, at, atPart } from './queries';
import { useDialogForm } from './useDialogForm';
import { requirementKindWords } from './words';

interface RequirementDialogProps {
  one: Agreement;
  /** null adds one. */
  part: Requirement | null;
  onClose: () => void;
}

export function RequirementDialog({ one, part, onClose }: RequirementDialogProps) {
  const { form, problem, busy, submit } = useDialogForm(
    {
      kind: part?.kind ?? 'narrative',
      title: part?.title ?? '',
      due: part?.due ?? '',
      ownerId: part?.ownerId ?? one.ownerId ?? '',
      note: part?.note ?? '',
      templateId: '',
    },
    ({ templateId, ...fields }) => {
      const body: RequirementFields = fields;
      return data(
        part
          ? api.PUT('/agreements/{id}/requirements/{part}', { params: atPart(one, part.id), body })
          : api.POST('/agreements/{id}/requirements', {
              params: at(one),
              body: { items: [body], ...(templateId && { templateId }) },
            }),
      );
    },
    { done: 'The requirement is saved.', onClose },
  );
  return (
    <DialogFrame
      title={part ? 'Requirement' : 'New requirement'}
      {...{ problem, busy, onClose }}
      onSubmit={submit}
    >
      <NativeSelect
        label="Kind"
        data={options(requirementKindWords)}
        {...form.getInputProps('kind')}
      />
      <TextInput label="Title" required {...form.getInputProps('title')} />
      <TextInput label="Due on" type="date" required {...form.getInputProps('due')} />
      <OwnerSelect label="Who sees to it" {...form.getInputProps('ownerId')} />
      {!part && <TemplateSelect {...form.getInputProps('templateId')} />}
      <TextInput label="Evidence or note" {...form.getInputProps('note')} />
    </DialogFrame>
  );
}

interface TemplateSelectProps {
  value?: string;
  onChange?: (id: string) => void;
}

function TemplateSelect({ value = '', onChange = () => undefined }: TemplateSelectProps) {
  const templates = useQuery({
    queryKey: [...all, 'templates'],
    queryFn: ({ signal }) => data(api.GET('/task-templates', { signal })),
  });
  const choices = (templates.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  if (choices.length === 0) return null;
  return (
    <Select
      label="Tasks"
      placeholder="One task for who sees to it"
      clearable
      clearButtonProps={{ 'aria-label': 'No template' }}
      data={choices}
      value={value || null}
      onChange={(id) => onChange(id ?? '')}
    />
  );
}
