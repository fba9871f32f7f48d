import { Button, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import type { DiligenceCase } from '@/shared/api/types';
import { FormProblem } from '@/shared/forms/FormProblem';
import { problemErrors } from '@/shared/forms/problemErrors';
import { Section } from '@/shared/ui/Page';
import { sayDone } from '@/shared/ui/say';
import { placed, toBody, toForm, type CaseValues } from './caseForm';
import { DocumentRows } from './DocumentRows';
import { QuestionField } from './QuestionField';
import { at, useWrite } from './queries';
import classes from './diligence.module.css';

/** Answers, documents and notes of an open case. */
export function CaseForm({ one }: { one: DiligenceCase }) {
  const form = useForm<CaseValues>({ initialValues: toForm(one) });
  const [problem, setProblem] = useState('');
  const save = useWrite((body: ReturnType<typeof toBody>['body']) =>
    data(api.PUT('/diligence/cases/{id}', { params: at(one), body })),
  );
  const submit = form.onSubmit((values) => {
    setProblem('');
    const { body, places } = toBody(values);
    save
      .mutateAsync(body)
      .then(() => sayDone('The case is saved.'))
      .catch((error: unknown) => {
        const { byField, rest } = problemErrors(error, (path) =>
          /^(answers|documents|notes)/.test(path),
        );
        form.setErrors(placed(byField, places));
        setProblem(rest);
      });
  });
  return (
    <form onSubmit={submit}>
      <div className={classes.main}>
        <Section
          title="Questions"
          aside={one.unanswered > 0 && `${one.unanswered} without an answer`}
        >
          <ul className={classes.questions}>
            {one.questions.map((question, i) => (
              <QuestionField key={question.id} question={question} place={i} form={form} />
            ))}
          </ul>
        </Section>
        <Section title="Documents">
          <DocumentRows form={form} />
        </Section>
        <Section title="Notes">
          <Textarea aria-label="Notes" autosize minRows={3} {...form.getInputProps('notes')} />
        </Section>
        <div>
          <FormProblem message={problem} />
          {one.proposal && form.isDirty() && (
            <p className={classes.mute}>A change takes the proposed decision back.</p>
          )}
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            Save answers
          </Button>
        </div>
      </div>
    </form>
  );
}
