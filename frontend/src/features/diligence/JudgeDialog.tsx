import { NativeSelect, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { api, data } from '@/shared/api/client';
import type { SanctionHit } from '@/shared/api/types';
import { options } from '@/shared/format/words';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { useDialogForm } from '@/shared/forms/useDialogForm';
import { sayDone } from '@/shared/ui/say';
import type { Identifier } from './parts';
import { at, useWrite } from './queries';
import { identifierWords } from './words';

const blank = {
  state: 'dismissed',
  reason: '',
  identifier: { kind: 'register-number', ours: '', theirs: '' },
};

/** Says whether a match is the donor, by something beside the name. */
export function JudgeDialog({ hit, onClose }: { hit: SanctionHit; onClose: () => void }) {
  const judge = useWrite((values: typeof blank) =>
    data(
      api.PUT('/diligence/hits/{id}/judgement', {
        params: at(hit),
        body: {
          reason: values.reason,
          state: values.state === 'confirmed' ? 'confirmed' : 'dismissed',
          identifier: { ...values.identifier, kind: kindOf(values.identifier.kind) },
        },
      }),
    ),
  );
  const { form, problem, busy, submit } = useDialogForm(
    blank,
    judge.mutateAsync,
    () => {
      sayDone('The match is judged.');
      onClose();
    },
    (path) => /^(state|reason|identifier\.(kind|ours|theirs))$/.test(path),
  );
  return (
    <DialogFrame title={`Is it ${hit.title}?`} {...{ problem, busy, onClose }} onSubmit={submit}>
      <Radio.Group label="What do you say?" {...form.getInputProps('state')}>
        <Stack gap={6} mt={6}>
          <Radio value="dismissed" label="It is somebody else" />
          <Radio value="confirmed" label="It is them" />
        </Stack>
      </Radio.Group>
      <NativeSelect
        label="What tells, beside the name"
        data={options(identifierWords)}
        {...form.getInputProps('identifier.kind')}
      />
      <TextInput
        label="With ours it is"
        description="And where that is known from"
        required
        {...form.getInputProps('identifier.ours')}
      />
      <TextInput label="On the list it is" required {...form.getInputProps('identifier.theirs')} />
      <Textarea label="Reason" required autosize minRows={2} {...form.getInputProps('reason')} />
    </DialogFrame>
  );
}

const kinds = Object.keys(identifierWords) as Identifier['kind'][];
const kindOf = (text: string) => kinds.find((one) => one === text) ?? 'other';
