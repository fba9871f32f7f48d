import { Stack, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, data, ifMatch } from '@/shared/api/client';
import type { SensitiveWords } from '@/shared/api/types';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { problemErrors } from '@/shared/forms/problemErrors';
import { sensitiveWords } from '@/shared/format/words';
import { LoadingRows, Ready } from '@/shared/states/states';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { sayDone } from '@/shared/ui/say';

const key = ['privacy', 'words'];

/** The words that make a form warn while somebody types. */
export function WordsPage() {
  const words = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => data(api.GET('/privacy/words', { signal })),
    refetchOnWindowFocus: false,
  });
  return (
    <Page
      title="Words that warn"
      narrow
      back={
        <TextLink to="/settings/privacy">
          <BackLabel>Privacy</BackLabel>
        </TextLink>
      }
    >
      <p style={{ marginTop: 0, maxWidth: '64ch' }}>
        Whoever types one of these into notes, minutes or a task is warned that it may say something
        which Piper should not know. It can be saved all the same; nothing is recorded about it.
      </p>
      <Ready query={words} loading={<LoadingRows rows={6} />}>
        {(loaded) => <WordsForm key={loaded.rev} loaded={loaded} />}
      </Ready>
    </Page>
  );
}

function WordsForm({ loaded }: { loaded: SensitiveWords }) {
  const client = useQueryClient();
  const [problem, setProblem] = useState('');
  const form = useForm({
    initialValues: Object.fromEntries(loaded.kinds.map((one) => [one.kind, one.words.join('\n')])),
  });
  const save = useMutation({
    mutationFn: (values: typeof form.values) =>
      data(
        api.PUT('/privacy/words', {
          params: { header: ifMatch(loaded.rev) },
          body: {
            kinds: loaded.kinds.map(({ kind }) => ({
              kind,
              words: (values[kind] ?? '').split('\n').filter((line) => line.trim()),
            })),
          },
        }),
      ),
    onError: (error) => setProblem(problemErrors(error, () => false).rest),
    onSuccess: async () => {
      sayDone('The words have been saved.');
      await client.invalidateQueries({ queryKey: key });
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <FormProblem message={problem} />
      <Stack gap="md">
        {loaded.kinds.map(({ kind }) => (
          <Textarea
            key={kind}
            label={sensitiveWords[kind]}
            description="One on each line. * at the end stands for any ending."
            autosize
            minRows={2}
            maxRows={10}
            {...form.getInputProps(kind)}
          />
        ))}
        <div>
          <SubmitButton busy={save.isPending}>Save the words</SubmitButton>
        </div>
      </Stack>
    </form>
  );
}
