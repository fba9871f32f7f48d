import { expect, it } from 'vitest';
import { placed, toBody, toForm, type CaseValues } from './caseForm';

const values: CaseValues = {
  answers: [
    { questionId: 'who', verdict: '', note: '' },
    { questionId: 'money', verdict: 'concern', note: 'Oil' },
  ],
  documents: [],
  notes: '',
};

it('sends the answers that are given, and puts complaints back to their questions', () => {
  const { body, places } = toBody(values);
  expect(body.answers).toEqual([{ questionId: 'money', verdict: 'concern', note: 'Oil' }]);
  expect(placed({ 'answers.0.note': 'Say what.', notes: 'Long.' }, places)).toEqual({
    'answers.1.note': 'Say what.',
    notes: 'Long.',
  });
});

it('asks every question, also without an answer', () => {
  const form = toForm({
    questions: [
      { id: 'who', text: 'Who?' },
      { id: 'money', text: 'Whose?' },
    ],
    answers: [{ questionId: 'money', verdict: 'fine' }],
    documents: [],
  } as never);
  expect(form.answers.map(({ verdict }) => verdict)).toEqual(['', 'fine']);
});
