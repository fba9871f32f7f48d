import { Checkbox, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Affiliation } from '@/shared/api/types';
import { useGuardedSave } from '@/shared/conflict/useGuardedSave';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { SpanFields } from '@/shared/forms/SpanFields';
import { StakeholderLink } from '@/shared/stakeholders/StakeholderLink';
import { StakeholderSelect } from '@/shared/stakeholders/StakeholderSelect';
import { AtField } from './AtField';
import type { DialogProps } from './dialogs';
import { change, create, readAffiliation, useRefresh } from './queries';
import { blank, nameOf, requestOf, valuesOf, type PostValues } from './values';

interface PostFormProps extends DialogProps {
  /** The post to change; null for a new one. */
  post: Affiliation | null;
  start: Partial<PostValues>;
}

/** Records a post, or changes one. The end that the page is about is settled. */
export function PostForm({ one, post, start, onDo }: PostFormProps) {
  const form = useForm<PostValues>({
    initialValues: post ? valuesOf(post) : { ...blank, ...start },
  });
  const refresh = useRefresh();
  const { submit, busy, problem, dialog } = useGuardedSave({
    form,
    loaded: post,
    valuesOf,
    write: (values, of) => (of ? change(of, requestOf(values)) : create(requestOf(values))),
    reload: readAffiliation,
    onSaved: () => {
      onDo(null);
      void refresh();
    },
    nameOf,
    show: showValue,
  });
  const anywhere = one.kind === 'person' || start.atId === '';
  const person = one.kind === 'person' || start.personId !== undefined;
  return (
    <>
      <DialogFrame
        title={post ? 'Change the post' : 'Record a post'}
        {...{ problem, busy }}
        onSubmit={form.onSubmit((values) => submit(values))}
        onClose={() => onDo(null)}
      >
        {!person && (
          <StakeholderSelect
            label="Person"
            kinds={['person']}
            required
            {...form.getInputProps('personId')}
          />
        )}
        <AtField one={one} anywhere={anywhere} {...form.getInputProps('atId')} />
        <TextInput
          label="Title"
          placeholder="Policy officer"
          data-autofocus
          {...form.getInputProps('title')}
        />
        <SpanFields props={form.getInputProps} />
        <Checkbox
          label="The one of their posts to name first"
          {...form.getInputProps('primary', { type: 'checkbox' })}
        />
        <Textarea label="Note" autosize minRows={1} {...form.getInputProps('note')} />
      </DialogFrame>
      {dialog}
    </>
  );
}

function showValue(field: string, value: unknown) {
  if ((field === 'personId' || field === 'atId') && typeof value === 'string' && value) {
    return <StakeholderLink id={value} />;
  }
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return typeof value === 'string' && value ? value : '–';
}
