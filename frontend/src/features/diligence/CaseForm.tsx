import { Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect, useState } from 'react';
import { api, data } from '@/shared/api/client';
import { isStatus } from '@/shared/api/problem';
import type { DiligenceCase } from '@/shared/api/types';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { problemErrors } from '@/shared/forms/problemErrors';
import { Section } from '@/shared/ui/Page';
import { sayDone } from '@/shared/ui/say';
import { Behind } from '@/shared/conflict/Behind';
import { placed, toBody, toForm, type CaseValues } from './caseForm';
import { DocumentRows } from './DocumentRows';
import { QuestionField } from './QuestionField';
import { at, useWrite } from './queries';
import classes from './diligence.module.css';

interface CaseFormProps {
  /** The case as the form began from it. */
  one: DiligenceCase;
  isBehind: boolean;
  onUnsaved: (unsaved: boolean) => void;
  onDrop: () => void;
  onSaved: (saved: DiligenceCase) => void;
}

/** Answers, documents and notes of an open case. */
export function CaseForm({ one, isBehind, onUnsaved, onDrop, onSaved }: CaseFormProps) {
  const form = useForm<CaseValues>({ initialValues: toForm(one) });
  const [problem, setProblem] = useState('');
  const unsaved = form.isDirty();
  useEffect(() => onUnsaved(unsaved), [unsaved, onUnsaved]);
  const save = useWrite((body: ReturnType<typeof toBody>['body']) =>
    // Before the case is read again: what comes of it is one's own and no surprise.
    data(api.PUT('/diligence/cases/{id}', { params: at(one), body })).then(onSaved),
  );
  const submit = form.onSubmit((values) => {
    setProblem('');
    const { body, places } = toBody(values);
    save
      .mutateAsync(body)
      .then(() => sayDone('The case is saved.'))
      .catch((error: unknown) => {
        // The refreshed case says it with a way out.
        if (isStatus(error, 412)) return;
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
          {isBehind && <Behind what="The case has" onDrop={onDrop} />}
          <FormProblem message={problem} />
          {one.proposal && unsaved && (
            <p className={classes.mute}>A change takes the proposed decision back.</p>
          )}
          <SubmitButton busy={save.isPending} disabled={!unsaved || isBehind}>
            Save answers
          </SubmitButton>
        </div>
      </div>
    </form>
  );
}
