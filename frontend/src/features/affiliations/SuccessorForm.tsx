import { TextInput } from '@mantine/core';
import type { Affiliation } from '@/shared/api/types';
import { today } from '@/shared/format/date';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { useDialogForm } from '@/shared/forms/useDialogForm';
import { StakeholderSelect } from '@/shared/stakeholders/StakeholderSelect';
import { sayDone } from '@/shared/ui/say';
import type { DialogProps } from './dialogs';
import { useSucceed } from './queries';

/** Gives a post to its next holder; who held it until now leaves right before. */
export function SuccessorForm({ post, onDo }: Omit<DialogProps, 'one'> & { post: Affiliation }) {
  const succeed = useSucceed(post);
  const { form, problem, busy, submit } = useDialogForm(
    { personId: '', from: today(), title: post.title ?? '' },
    succeed.mutateAsync,
    ({ person }) => {
      onDo(null);
      sayDone(`${person.name} holds the post now; that of ${post.person.name} is ended.`);
    },
  );
  return (
    <DialogFrame
      title={`Who follows ${post.person.name}?`}
      {...{ problem, busy }}
      onSubmit={submit}
      onClose={() => onDo(null)}
    >
      <StakeholderSelect
        label="New holder"
        kinds={['person']}
        except={post.personId}
        required
        {...form.getInputProps('personId')}
      />
      <TextInput
        label="From"
        description={`A day, a month or a year. ${post.person.name} leaves right before.`}
        required
        {...form.getInputProps('from')}
      />
      <TextInput label="Title" {...form.getInputProps('title')} />
    </DialogFrame>
  );
}
