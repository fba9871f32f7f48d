import { SegmentedControl, Textarea } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useId } from 'react';
import { options } from '@/shared/format/words';
import type { Question } from './parts';
import type { CaseValues } from './caseForm';
import { verdictWords } from './words';
import classes from './diligence.module.css';

interface QuestionFieldProps {
  question: Question;
  place: number;
  form: UseFormReturnType<CaseValues>;
}

/** A question with its answer; the note comes up with the answer. */
export function QuestionField({ question, place, form }: QuestionFieldProps) {
  const id = useId();
  const path = `answers.${String(place)}`;
  const answer = form.values.answers[place];
  return (
    <li className={classes.question}>
      <div className={classes.ask}>
        <p id={id}>{question.text}</p>
        {question.optional && <span className={classes.mute}>optional</span>}
      </div>
      {question.help && <div className={classes.mute}>{question.help}</div>}
      <div className={classes.answer}>
        <SegmentedControl
          aria-labelledby={id}
          size="xs"
          data={options(verdictWords)}
          value={answer?.verdict ?? ''}
          onChange={(verdict) => form.setFieldValue(`${path}.verdict`, verdict)}
        />
      </div>
      {answer?.verdict && (
        <Textarea
          mt={8}
          aria-label={`Note on “${question.text}”`}
          placeholder={answer.verdict === 'concern' ? 'What is the concern?' : 'What this rests on'}
          autosize
          minRows={1}
          {...form.getInputProps(`${path}.note`)}
        />
      )}
    </li>
  );
}
