import type { Agreement, AgreementFields, OpportunityPage } from '@/shared/api/types';
import { moneyOf, typed } from '@/shared/forms/amount';
import { sourceTypes } from './search';

/** An agreement as its form holds it. Percentages are typed as such and sent as hundredths of a percent. */
export const valuesOf = (one: Agreement | null, reporting: string) => ({
  title: one?.title ?? '',
  number: one?.number ?? '',
  donorId: one?.donorId ?? '',
  ultimateDonorId: one && one.ultimateDonorId !== one.donorId ? one.ultimateDonorId : '',
  leadId: one?.passThrough.leadId ?? '',
  chain: one?.passThrough.chain ?? '',
  renewalOf: one?.renewalOf ?? '',
  programme: one?.programme ?? '',
  ownerId: one?.ownerId ?? '',
  signedOn: one?.signedOn ?? '',
  from: one?.from ?? '',
  to: one?.to ?? '',
  closedOn: one?.closedOn ?? '',
  amount: typed(one?.amount, reporting),
  coFinancing: percent(one?.coFinancing.points),
  coFinancingAmount: typed(one?.coFinancing.amount, one?.amount?.currency ?? reporting),
  overhead: percent(one?.overhead.points),
  overheadCap: percent(one?.overhead.cap),
  overheadRule: one?.overhead.rule ?? '',
  earmarking: one?.earmarking ?? 'earmarked',
  restriction: one?.restriction ?? 'restricted',
  sourceType: one?.sourceType ?? 'eu',
  operatingGrant: one?.operatingGrant ?? false,
  notes: one?.notes ?? '',
});

export type FormValues = ReturnType<typeof valuesOf>;

/** What an award already says of the agreement that is made from it. */
export function valuesOfAward(award: OpportunityPage, reporting: string): FormValues {
  const lead = award.partners.find(({ role }) => role === 'lead');
  const { points, amount } = award.coFinancing;
  return {
    ...valuesOf(null, reporting),
    title: award.title,
    donorId: award.donorId ?? '',
    leadId: lead?.stakeholderId ?? '',
    programme: award.programme ?? '',
    ownerId: award.ownerId,
    from: award.from ?? '',
    to: award.to ?? '',
    amount: typed(award.ask, reporting),
    coFinancing: percent(points),
    coFinancingAmount: typed(amount, award.ask?.currency ?? reporting),
    overhead: percent(award.overhead),
    earmarking: earmarkings.find((one) => one === award.earmarking) ?? 'earmarked',
    restriction: award.earmarking === 'unearmarked' ? 'unrestricted' : 'restricted',
    sourceType: sourceTypes.find((one) => one === award.sourceType) ?? 'other',
  };
}

const earmarkings = ['unearmarked', 'soft', 'earmarked', 'tight'] as const;

function percent(points: number | undefined): number | string {
  return points ? points / 100 : '';
}

const points = (value: number | string) => Math.round(Number(value) * 100);

export function requestOf(values: FormValues): AgreementFields {
  const {
    leadId,
    chain,
    amount,
    coFinancing,
    coFinancingAmount,
    overhead,
    overheadCap,
    overheadRule,
    ...rest
  } = values;
  const sum = moneyOf(amount);
  const ours = moneyOf({ ...coFinancingAmount, currency: amount.currency });
  return {
    ...rest,
    ...(sum && { amount: sum }),
    passThrough: { leadId, chain },
    coFinancing: { points: points(coFinancing), ...(ours && { amount: ours }) },
    overhead: { points: points(overhead), cap: points(overheadCap), rule: overheadRule },
  };
}

/** The input that a complaint of the API belongs to. */
const inputs: Record<string, keyof FormValues> = {
  'passThrough.leadId': 'leadId',
  'passThrough.chain': 'chain',
  'coFinancing.points': 'coFinancing',
  'coFinancing.amount': 'coFinancingAmount',
  'overhead.points': 'overhead',
  'overhead.cap': 'overheadCap',
  'overhead.rule': 'overheadRule',
};

export function inputOf(path: string): string {
  return inputs[path] ?? path;
}
