import { useQuery } from '@tanstack/react-query';
import type { BulkEdit, Deed } from '@/shared/api/types';
import { colleaguesQuery } from '@/shared/session/colleagues';
import { useStakeholderNames } from '@/shared/stakeholders/names';

/** The names, by id, of whom the operations of edits set: organisations and accounts. */
export function useValueNames(edits: BulkEdit[], deeds: Deed[]): Map<string, string> {
  const stakeholders = edits.flatMap(({ operations }) =>
    operations.flatMap(({ do: name, value }) => {
      const of = deeds.find((one) => one.do === name)?.of;
      return value && (of === 'organisation' || of === 'stakeholder') ? [value] : [];
    }),
  );
  const colleagues = useQuery({
    ...colleaguesQuery,
    enabled: deeds.some((one) => one.of === 'account'),
  });
  return new Map([...useStakeholderNames(stakeholders), ...(colleagues.data ?? [])]);
}
