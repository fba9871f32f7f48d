import type { Basis, DonorView } from '@/shared/api/types';

/** When money counts, as one chooses it. */
export const bases: { value: Basis; label: string }[] = [
  { value: 'cash', label: 'Cash' },
  { value: 'accrued', label: 'Accrued' },
  { value: 'signed', label: 'Signed' },
];

/** Whose money it is, as one chooses it. */
export const views: { value: DonorView; label: string }[] = [
  { value: 'ultimate', label: 'Ultimate donor' },
  { value: 'direct', label: 'Direct donor' },
];
