import { expect, it } from 'vitest';
import { ProblemError } from '@/shared/api/problem';
import { problemErrors } from './problemErrors';

const known = (path: string) => path === 'name' || path.startsWith('emails');

it('puts complaints beside their fields and loses none', () => {
  const error = new ProblemError(422, {
    detail: '3 fields are not right.',
    errors: [
      { field: 'name', message: 'A name is needed.' },
      { field: 'emails[1].address', message: 'Not an address.' },
      { field: 'shoeSize', message: 'Unexpected.' },
    ],
  });
  expect(problemErrors(error, known)).toEqual({
    byField: { name: 'A name is needed.', 'emails.1.address': 'Not an address.' },
    rest: 'shoeSize: Unexpected.',
  });
});

it('says the sentence of a problem without fields', () => {
  const error = new ProblemError(403, { detail: 'Your role does not allow this.' });
  expect(problemErrors(error, known).rest).toBe('Your role does not allow this.');
});

it('does not show the text of an internal error', () => {
  expect(problemErrors(new Error('x is undefined'), known).rest).not.toContain('undefined');
});
