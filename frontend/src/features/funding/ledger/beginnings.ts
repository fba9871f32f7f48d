/** What a new line begins with. */
export const beginnings = {
  income: { title: 'New income', donor: 'Donor', kinds: {} },
  fee: {
    title: 'New membership fee',
    donor: 'Member who pays',
    kinds: { earmarking: 'unearmarked', restriction: 'unrestricted', sourceType: 'membership' },
  },
  service: {
    title: 'New service',
    donor: 'Who pays for it',
    kinds: { earmarking: 'unearmarked', restriction: 'unrestricted', sourceType: 'services' },
  },
} as const;

export type Beginning = keyof typeof beginnings;
