import type { DiligenceCase, SanctionHit } from '@/shared/api/types';

/** The parts that cases and matches are made of. */
export type CaseAnswer = DiligenceCase['answers'][number];
export type CaseDocument = DiligenceCase['documents'][number];
export type CaseOutcome = NonNullable<DiligenceCase['proposal']>['outcome'];
export type SanctionEntry = SanctionHit['entry'];
export type Identifier = NonNullable<SanctionHit['judgement']>['identifier'];
export type Question = DiligenceCase['questions'][number];
export type DonorStanding = DiligenceCase['standing'];
