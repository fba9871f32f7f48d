import { Alert, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { Section } from '@/shared/ui/Page';

/** Asks the saved rules about an invented message. */
export function TestBox() {
  const form = useForm({ initialValues: { subject: '', from: '', to: '', text: '' } });
  const test = useMutation({
    mutationFn: ({ to, ...rest }: typeof form.values) =>
      data(
        api.POST('/guardrail/test', {
          body: { ...rest, to: to.split(/[,;\s]+/).filter(Boolean) },
        }),
      ),
  });
  return (
    <Section title="Try the saved rules">
      <form onSubmit={form.onSubmit((values) => test.mutate(values))}>
        <Stack gap="sm">
          <TextInput label="Subject" {...form.getInputProps('subject')} />
          <TextInput
            label="From"
            placeholder="someone@example.org"
            {...form.getInputProps('from')}
          />
          <TextInput label="To" placeholder="helpline@example.org" {...form.getInputProps('to')} />
          <Textarea
            label="Text"
            description="Invent one. Do not paste a real case."
            minRows={3}
            autosize
            {...form.getInputProps('text')}
          />
          <div>
            <SubmitButton variant="default" busy={test.isPending}>
              Test
            </SubmitButton>
          </div>
          {test.data && (
            <Alert color={test.data.withheld ? 'yellow' : 'pine'} variant="light" role="status">
              {test.data.withheld
                ? `This message would be withheld, by the rule of ${test.data.rule ?? ''}.`
                : 'No rule matches: this message would be kept if it involves a stakeholder.'}
            </Alert>
          )}
        </Stack>
      </form>
    </Section>
  );
}
