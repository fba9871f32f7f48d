import type { CaseFields, DiligenceCase } from '@/shared/api/types';

/** What the form of a case edits: every question has an answer there, empty where none is given. */
export interface CaseValues {
  answers: { questionId: string; verdict: string; note: string }[];
  documents: { name: string; kind: string; where: string; dated: string }[];
  notes: string;
}

export function toForm(one: DiligenceCase): CaseValues {
  return {
    answers: one.questions.map(({ id = '' }) => {
      const given = one.answers.find(({ questionId }) => questionId === id);
      return { questionId: id, verdict: given?.verdict ?? '', note: given?.note ?? '' };
    }),
    documents: one.documents.map(({ name, kind = '', where, dated = '' }) => ({
      name,
      kind,
      where,
      dated,
    })),
    notes: one.notes ?? '',
  };
}

const verdicts = ['fine', 'concern', 'not-applicable'] as const;

/** What is sent: only the answers that are given, and their places in the form by their places there. */
export function toBody(values: CaseValues): { body: CaseFields; places: number[] } {
  const places: number[] = [];
  const answers: CaseFields['answers'] = [];
  values.answers.forEach(({ questionId, verdict, note }, place) => {
    const known = verdicts.find((one) => one === verdict);
    if (!known) return;
    places.push(place);
    answers.push({ questionId, verdict: known, note });
  });
  return { body: { answers, documents: values.documents, notes: values.notes }, places };
}

/** Puts the complaints of the API, which knows only given answers, to the questions of the form. */
export function placed(errors: Record<string, string>, places: number[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([path, message]) => [
      path.replace(
        /^answers\.(\d+)/,
        (_, i: string) => `answers.${String(places[Number(i)] ?? i)}`,
      ),
      message,
    ]),
  );
}
