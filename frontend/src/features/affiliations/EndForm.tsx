import { Button, Group, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Affiliation } from '@/shared/api/types';
import { useGuardedSave } from '@/shared/conflict/useGuardedSave';
import { today } from '@/shared/format/date';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { Dialog } from '@/shared/ui/Dialog';
import type { DialogProps } from './dialogs';
import { change, fieldsOf, readAffiliation, useRefresh } from './queries';
import { nameOf } from './values';

/** Says when somebody left. What they did before stays on their page. */
export function EndForm({ post, onDo }: Omit<DialogProps, 'one'> & { post: Affiliation }) {
  const form = useForm({ initialValues: { to: today() } });
  const refresh = useRefresh();
  const { submit, busy, problem, dialog } = useGuardedSave({
    form,
    loaded: post,
    valuesOf: ({ to = '' }: Affiliation) => ({ to }),
    write: ({ to }, of) => change(of ?? post, { ...fieldsOf(of ?? post), to }),
    reload: readAffiliation,
    onSaved: (saved) => {
      void refresh();
      onDo(saved.state === 'past' || saved.to === today() ? { what: 'moved', post: saved } : null);
    },
    nameOf,
    show: (_field, value) => (typeof value === 'string' && value ? value : 'It goes on'),
  });
  return (
    <>
      <DialogFrame
        title={`${post.person.name} left ${post.at.name}`}
        action="End the post"
        size="sm"
        {...{ problem, busy }}
        onSubmit={form.onSubmit((values) => submit(values))}
        onClose={() => onDo(null)}
      >
        <TextInput
          label="Left on"
          description="A day, a month (2026-09) or only the year."
          required
          data-autofocus
          {...form.getInputProps('to')}
        />
      </DialogFrame>
      {dialog}
    </>
  );
}

/** Somebody has left: asks for the new post while one still knows. */
export function MovedPrompt({ post, onDo }: Omit<DialogProps, 'one'> & { post: Affiliation }) {
  const { person, at, personId } = post;
  return (
    <Dialog opened onClose={() => onDo(null)} title={`Where did ${person.name} go?`} size="sm">
      <p style={{ marginTop: 0 }}>
        The post at {at.name} is ended. If you know the new one, record it now: what we know of
        people is worth most when they change places.
      </p>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => onDo(null)}>
          Not known
        </Button>
        <Button
          data-autofocus
          onClick={() => onDo({ what: 'add', with: { personId, atId: '', from: '' } })}
        >
          Record the new post
        </Button>
      </Group>
    </Dialog>
  );
}
