import { Checkbox, NativeSelect, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { api, data, ifMatch } from '@/shared/api/client';
import type { Agreement, DonorString, StringFields } from '@/shared/api/types';
import { options } from '@/shared/format/words';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { useDialogForm } from './useDialogForm';
import { severityWords, stringKindWords } from './words';
import classes from './agreements.module.css';

interface StringDialogProps {
  one: Agreement;
  /** null adds one. */
  string: DonorString | null;
  onClose: () => void;
}

export function StringDialog({ one, string, onClose }: StringDialogProps) {
  const { form, problem, busy, submit } = useDialogForm(
    {
      kind: string?.kind ?? 'veto',
      severity: String(string?.severity ?? 2),
      text: string?.text ?? '',
      clause: string?.clause ?? '',
      from: string?.from ?? '',
      to: string?.to ?? '',
      waived: string?.waived ?? false,
    },
    ({ severity, ...fields }) => {
      const body: StringFields = {
        ...fields,
        severity: Number(severity),
        agreementId: one.id,
        donorId: string?.donorId ?? one.ultimateDonorId,
      };
      return data(
        string
          ? api.PUT('/strings/{id}', {
              params: { path: { id: string.id }, header: ifMatch(string.rev) },
              body,
            })
          : api.POST('/strings', { body }),
      );
    },
    { done: 'The string is saved.', onClose },
  );
  return (
    <DialogFrame
      title={string ? 'String' : 'New string'}
      {...{ problem, busy, onClose }}
      onSubmit={submit}
    >
      <NativeSelect label="Kind" data={options(stringKindWords)} {...form.getInputProps('kind')} />
      <Textarea label="What it is" required autosize minRows={2} {...form.getInputProps('text')} />
      <Radio.Group label="How grave is it?" {...form.getInputProps('severity')}>
        <Stack gap={6} mt={6}>
          {Object.entries(severityWords).map(([value, label]) => (
            <Radio key={value} value={value} label={label} />
          ))}
        </Stack>
      </Radio.Group>
      <TextInput label="Clause" placeholder="Article 17.2" {...form.getInputProps('clause')} />
      <div className={classes.fields}>
        <TextInput label="Binds from" type="date" {...form.getInputProps('from')} />
        <TextInput label="Until" type="date" {...form.getInputProps('to')} />
      </div>
      <Checkbox
        label="The donor has waived it"
        {...form.getInputProps('waived', { type: 'checkbox' })}
      />
    </DialogFrame>
  );
}
