import type { IncomeFields } from '@/shared/api/types';

/** What sort of money it is, as a form holds it. */
export interface Kinds {
  ultimateDonorId: string;
  earmarking: string;
  restriction: string;
  sourceType: string;
  reference: string;
  project: string;
  fund: string;
  forYear: string;
  note: string;
}

/** What is known of it already, in the words of the API. */
type Known = { [K in keyof Omit<Kinds, 'forYear'>]?: string | undefined } & {
  forYear?: number | undefined;
};

export function kindsOf(known: Known = {}): Kinds {
  return {
    ultimateDonorId: known.ultimateDonorId ?? '',
    earmarking: known.earmarking ?? '',
    restriction: known.restriction ?? '',
    sourceType: known.sourceType ?? '',
    reference: known.reference ?? '',
    project: known.project ?? '',
    fund: known.fund ?? '',
    forYear: known.forYear ? String(known.forYear) : '',
    note: known.note ?? '',
  };
}

/** The same for the API. The selects are required, so that each holds one of its words. */
export function kindsBody(kinds: Kinds) {
  return {
    ultimateDonorId: kinds.ultimateDonorId,
    earmarking: kinds.earmarking as IncomeFields['earmarking'],
    restriction: kinds.restriction as IncomeFields['restriction'],
    sourceType: kinds.sourceType as IncomeFields['sourceType'],
    reference: kinds.reference,
    project: kinds.project,
    fund: kinds.fund,
    ...(kinds.forYear && { forYear: Number(kinds.forYear) }),
    note: kinds.note,
  };
}
