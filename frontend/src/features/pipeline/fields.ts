import type { Money, OpportunityFields, OpportunityPage, Partner } from '@/shared/api/types';
import { toMajor, toMinor } from '@/shared/format/number';

export const partnerWords: Record<string, string> = {
  lead: 'Lead',
  partner: 'Partner',
  associated: 'Associated',
};

/** Hundredths of a percent as a percentage: 725 → "7.25". */
export function percent(points: number): string {
  return String(points / 100);
}

/** What the form edits. Figures are as they are typed: a number, or empty. */
export interface FormValues {
  title: string;
  donorId: string;
  programme: string;
  callId: string;
  ownerId: string;
  amount: Typed;
  currency: string;
  matchPercent: Typed;
  matchAmount: Typed;
  overhead: Typed;
  from: string;
  to: string;
  deadline: string;
  decision: string;
  probability: Typed;
  probabilityReason: string;
  earmarking: string;
  ourRole: string;
  ourShare: Typed;
  partners: { stakeholderId: string; role: Partner['role']; share: Typed }[];
  notes: string;
}
type Typed = number | '';

/** A form in which nothing is typed yet. */
export const blank = (currency: string): FormValues => ({
  title: '',
  donorId: '',
  programme: '',
  callId: '',
  ownerId: '',
  amount: '',
  currency,
  matchPercent: '',
  matchAmount: '',
  overhead: '',
  from: '',
  to: '',
  deadline: '',
  decision: '',
  probability: '',
  probabilityReason: '',
  earmarking: '',
  ourRole: 'partner',
  ourShare: '',
  partners: [],
  notes: '',
});

const share = (points: number | undefined): Typed => (points ? points / 100 : '');
const points = (typed: Typed): number => (typed === '' ? 0 : Math.round(typed * 100));
const major = (money: Money | undefined): Typed =>
  money ? toMajor(money.minor, money.currency) : '';

export function valuesOf(one: OpportunityPage, reporting: string): FormValues {
  return {
    title: one.title,
    donorId: one.donorId ?? '',
    programme: one.programme ?? '',
    callId: one.callId ?? '',
    ownerId: one.ownerId,
    amount: major(one.ask),
    currency: one.ask?.currency ?? one.coFinancing.amount?.currency ?? reporting,
    matchPercent: share(one.coFinancing.points),
    matchAmount: major(one.coFinancing.amount),
    overhead: share(one.overhead),
    from: one.from ?? '',
    to: one.to ?? '',
    deadline: one.deadline ?? '',
    decision: one.decision ?? '',
    probability: one.probabilityReason ? one.probability : '',
    probabilityReason: one.probabilityReason ?? '',
    earmarking: one.earmarking ?? '',
    ourRole: one.ourRole ?? 'partner',
    ourShare: share(one.ourShare),
    partners: one.partners.map((partner) => ({ ...partner, share: share(partner.share) })),
    notes: one.notes ?? '',
  };
}

export function requestOf(values: FormValues): OpportunityFields {
  const { amount, currency, matchPercent, matchAmount, probability, partners, ...plain } = values;
  const money = (typed: Typed) =>
    typed === '' ? undefined : { minor: toMinor(typed, currency), currency };
  const ask = money(amount);
  const match = money(matchAmount);
  return {
    ...plain,
    ...(ask && { ask }),
    ...((matchPercent !== '' || match) && {
      coFinancing: { points: points(matchPercent), ...(match && { amount: match }) },
    }),
    overhead: points(plain.overhead),
    ...(probability !== '' && { probability }),
    ourShare: partners.length > 0 ? points(plain.ourShare) : 0,
    partners: partners
      .filter(({ stakeholderId }) => stakeholderId)
      .map((partner) => ({ ...partner, share: points(partner.share) })),
  };
}

/** "coFinancing.points" as the API names a field → the field of the form that shows it. */
export function fieldOf(path: string): string {
  const names: Record<string, string> = {
    ask: 'amount',
    'coFinancing.points': 'matchPercent',
    'coFinancing.amount': 'matchAmount',
  };
  return names[path] ?? path;
}

const labels: Record<keyof FormValues, string> = {
  title: 'Title',
  donorId: 'Donor',
  programme: 'Programme',
  callId: 'Call',
  ownerId: 'Owner',
  amount: 'Ask',
  currency: 'Currency',
  matchPercent: 'Co-financing, %',
  matchAmount: 'Co-financing',
  overhead: 'Overhead, %',
  from: 'From',
  to: 'To',
  deadline: 'Deadline',
  decision: 'Decision expected',
  probability: 'Probability, %',
  probabilityReason: 'Reason',
  earmarking: 'Earmarking',
  ourRole: 'Our role',
  ourShare: 'Our share, %',
  partners: 'Partners',
  notes: 'Notes',
};

export function labelOf(field: string): string {
  return field in labels ? labels[field as keyof FormValues] : field;
}

export function isShown(path: string): boolean {
  return Object.keys(labels).some((field) => fieldOf(path).split('.')[0] === field);
}
