import type { DonorView, Supposition } from '@/shared/api/types';
import { today } from '@/shared/format/date';

export type ChangeKind = Supposition['kind'];

/** What a scenario can suppose, as the buttons say it. */
export const changeKinds: { kind: ChangeKind; label: string; title: string }[] = [
  { kind: 'loseDonor', label: 'Lose a donor', title: 'A donor stops' },
  { kind: 'winOpportunity', label: 'Win', title: 'An opportunity is won' },
  { kind: 'missOpportunity', label: 'Miss', title: 'An opportunity is declined' },
  { kind: 'delayInstalment', label: 'Delay', title: 'An instalment comes later' },
  { kind: 'cutProgramme', label: 'Cut', title: 'A programme is cut' },
  { kind: 'addIncome', label: 'Add income', title: 'Unearmarked income comes in' },
];

export function titleOf(kind: ChangeKind): string {
  return changeKinds.find((one) => one.kind === kind)?.title ?? kind;
}

/** A change as it stands in the form before anything is chosen. */
export function freshChange(kind: ChangeKind, view: DonorView = 'ultimate'): Supposition {
  switch (kind) {
    case 'loseDonor':
      return { kind, donorId: '', view, date: today() };
    case 'cutProgramme':
      return { kind, projectId: '', percent: 10, date: today() };
    case 'addIncome':
      return { kind, cents: 1_000_000, months: 12, date: today() };
    case 'delayInstalment':
      return { kind, lineId: '', months: 3 };
    default:
      return { kind, lineId: '' };
  }
}
