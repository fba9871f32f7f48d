import createClient from 'openapi-fetch';
import { ProblemError } from './problem';
import type { paths } from './schema.gen';
import type { Firm, Problem } from './types';

export const BASE = '/api/v1';

/** Operations by their path below the base. */
type Below<P> = { [K in keyof P as K extends `${typeof BASE}${infer Path}` ? Path : never]: P[K] };

/** The one client of the API. Requests carry the session cookie; failures are raised by `data`. */
export const api = createClient<Below<paths>>({
  baseUrl: BASE,
  // Looked up on each call, so that a test can put its own in place.
  fetch: (request) => globalThis.fetch(request),
});

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a successful answer; a failed one is thrown as a ProblemError. */
export async function data<T>(pending: Promise<Answer<T>>): Promise<Firm<T>> {
  const { data: body, error, response } = await pending;
  if (response.ok) return body as Firm<T>;
  throw new ProblemError(response.status, asProblem(error));
}

function asProblem(error: unknown): Problem {
  return typeof error === 'object' && error !== null ? error : {};
}

/** The If-Match header for a write that changes the given revision. */
export function ifMatch(rev: number): { 'If-Match': string } {
  return { 'If-Match': `"${rev}"` };
}

type QueryValue = string | number | boolean | string[] | undefined;

/** An address below the API for links that the browser follows itself: exports, charts, attachments. */
export function apiUrl(path: string, query: Record<string, QueryValue> = {}): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) params.append(key, String(one));
  }
  const text = params.toString();
  return BASE + path + (text ? `?${text}` : '');
}

/** Sends a form with a file, which the typed client has no words for. */
export async function upload<T>(
  path: string,
  query: Record<string, QueryValue>,
  form: FormData,
): Promise<T> {
  const response = await fetch(apiUrl(path, query), { method: 'POST', body: form });
  const body: unknown = await response.json().catch(() => ({}));
  if (!response.ok) throw new ProblemError(response.status, asProblem(body));
  return body as T;
}

/** Sends a form with a file, and lets the browser save the file that is the answer. */
export async function uploadForFile(
  path: string,
  query: Record<string, QueryValue>,
  form: FormData,
  name: string,
): Promise<void> {
  const response = await fetch(apiUrl(path, query), { method: 'POST', body: form });
  if (!response.ok) {
    throw new ProblemError(response.status, asProblem(await response.json().catch(() => ({}))));
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
