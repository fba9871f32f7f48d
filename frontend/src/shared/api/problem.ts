import type { FieldProblem, Problem } from './types';

/** A refused or failed request, with the sentence that the server wrote for a person. */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: FieldProblem[];

  constructor(status: number, problem: Problem) {
    super(problem.detail ?? problem.title ?? plainSentence(status));
    this.name = 'ProblemError';
    this.status = status;
    this.code = problem.code ?? '';
    this.fields = problem.errors ?? [];
  }
}

/**
 * What a write of a list was refused for, as a form that shows one part of it names the fields: what was said of
 * "rules[2].title" is said of "title". Of other parts nothing is changed.
 */
export function within(error: unknown, part: string): unknown {
  if (!(error instanceof ProblemError)) return error;
  const own = error.fields.map(({ field, message }) => ({
    field: field.replace(/^body\./, '').replace(`${part}.`, ''),
    message,
  }));
  return new ProblemError(error.status, { detail: error.message, code: error.code, errors: own });
}

function plainSentence(status: number): string {
  if (status === 0) return 'Piper did not answer. Check your connection and try again.';
  if (status === 413) return 'The file is larger than Piper accepts.';
  if (status >= 500) return 'Something went wrong on the server. Try again in a moment.';
  return 'The request was refused.';
}

/** The sentence to show for anything thrown by a request. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ProblemError) return error.message;
  if (error instanceof TypeError) return plainSentence(0);
  return 'Something unexpected happened. Try again.';
}

export function isStatus(error: unknown, status: number): boolean {
  return error instanceof ProblemError && error.status === status;
}
