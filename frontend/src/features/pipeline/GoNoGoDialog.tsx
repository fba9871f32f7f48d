import {
  Button,
  Group,
  MultiSelect,
  NativeSelect,
  SegmentedControl,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import type { OpportunityPage } from '@/shared/api/types';
import { today } from '@/shared/format/date';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { problemErrors } from '@/shared/forms/problemErrors';
import { useSession } from '@/shared/session/session';
import { useColleagueChoices } from '@/shared/session/colleagues';
import { Dialog } from '@/shared/ui/Dialog';
import classes from './pipeline.module.css';
import { useChange } from './queries';

/** What is usually weighed; a score is left out where nobody gave one. */
const criteria = [
  'Fits our strategy',
  'Chance of winning',
  'Capacity to deliver',
  'Costs that are covered',
  'Risk to our independence',
];

interface GoNoGoDialogProps {
  one: OpportunityPage;
  onClose: () => void;
}

export function GoNoGoDialog({ one, onClose }: GoNoGoDialogProps) {
  const { account } = useSession();
  const colleagues = useColleagueChoices(one.goNoGo?.by);
  const change = useChange(one.id);
  const [problem, setProblem] = useState('');
  const known = one.goNoGo;
  const names = [...new Set([...criteria, ...(known?.criteria ?? []).map(({ name }) => name)])];
  const form = useForm({
    initialValues: {
      decision: known?.decision ?? ('go' as const),
      date: known?.date ?? today(),
      by: known?.by ?? [account.id],
      reasons: known?.reasons ?? '',
      scores: names.map((name) =>
        String(known?.criteria.find((one) => one.name === name)?.score ?? ''),
      ),
    },
  });
  const submit = ({ scores, ...plain }: typeof form.values) =>
    change.mutate(
      {
        rev: one.rev,
        change: {
          goNoGo: {
            ...plain,
            criteria: names.flatMap((name, i) =>
              scores[i] ? [{ name, score: Number(scores[i]) }] : [],
            ),
          },
        },
      },
      {
        onSuccess: onClose,
        onError: (error) => {
          const { byField, rest } = problemErrors(error, (path) => path.startsWith('goNoGo.'));
          form.setErrors(
            Object.fromEntries(
              Object.entries(byField).map(([path, said]) => [path.replace('goNoGo.', ''), said]),
            ),
          );
          setProblem(rest);
        },
      },
    );
  return (
    <Dialog
      opened
      onClose={onClose}
      title="Go or no-go"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form noValidate onSubmit={form.onSubmit(submit)}>
        <FormProblem message={problem} />
        <Stack gap="md">
          <SegmentedControl
            aria-label="Decision"
            data={[
              { value: 'go', label: 'Go' },
              { value: 'no-go', label: 'No-go' },
            ]}
            {...form.getInputProps('decision')}
          />
          <TextInput type="date" label="Decided on" {...form.getInputProps('date')} />
          <MultiSelect label="Decided by" data={colleagues} {...form.getInputProps('by')} />
          <Textarea
            label="Reasons"
            required
            autosize
            minRows={3}
            {...form.getInputProps('reasons')}
          />
          <fieldset className={classes.group}>
            <legend>What was weighed, 5 speaks most for asking</legend>
            <Stack gap={6}>
              {names.map((name, i) => (
                <Group key={name} justify="space-between" wrap="nowrap">
                  <span>{name}</span>
                  <NativeSelect
                    w={90}
                    aria-label={name}
                    data={[{ value: '', label: '–' }, '1', '2', '3', '4', '5']}
                    {...form.getInputProps(`scores.${i}`)}
                  />
                </Group>
              ))}
            </Stack>
          </fieldset>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <SubmitButton busy={change.isPending}>Save</SubmitButton>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
