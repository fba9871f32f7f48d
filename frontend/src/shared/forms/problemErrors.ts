import { ProblemError } from '@/shared/api/problem';

/** "emails[1].address" as the API names a field → "emails.1.address" as the form does. */
export function formPath(field: string): string {
  return field.replace(/^body\./, '').replace(/\[(\d+)\]/g, '.$1');
}

export interface FormErrors {
  /** Messages for fields that the form shows. */
  byField: Record<string, string>;
  /** What belongs to no field of the form, for the line above it. */
  rest: string;
}

/**
 * Sorts the complaints of a refused write to the fields of a form. `known` says which paths the form
 * shows; a complaint about anything else must not vanish.
 */
export function problemErrors(error: unknown, known: (path: string) => boolean): FormErrors {
  if (!(error instanceof ProblemError)) {
    return { byField: {}, rest: 'Piper did not answer. Check your connection and try again.' };
  }
  const byField: Record<string, string> = {};
  const rest: string[] = [];
  for (const { field, message } of error.fields) {
    const path = formPath(field);
    if (path && known(path)) byField[path] = message;
    else rest.push(field ? `${field}: ${message}` : message);
  }
  if (error.fields.length === 0) rest.push(error.message);
  return { byField, rest: rest.join(' ') };
}
