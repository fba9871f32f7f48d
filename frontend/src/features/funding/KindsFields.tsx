import { NativeSelect, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';
import type { StakeholderKind } from '@/shared/api/types';
import { earmarkingWords, options, restrictionWords, sourceTypeWords } from '@/shared/format/words';
import { StakeholderSelect } from '@/shared/stakeholders/StakeholderSelect';
import { Folded } from '@/shared/ui/Folded';
import type { Kinds } from './kinds';

/** Whoever may pay. */
export const payers: readonly StakeholderKind[] = ['organisation', 'person'];

const choose = (words: Record<string, string>) => [
  { value: '', label: 'Choose' },
  ...options(words),
];

interface KindsFieldsProps {
  props: (field: keyof Kinds) => GetInputPropsReturnType;
}

/** What sort of money a line is. */
export function KindsFields({ props }: KindsFieldsProps) {
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <NativeSelect
          label="Earmarking"
          required
          data={choose(earmarkingWords)}
          {...props('earmarking')}
        />
        <NativeSelect
          label="Restriction"
          required
          data={choose(restrictionWords)}
          {...props('restriction')}
        />
        <NativeSelect
          label="Source type"
          required
          data={choose(sourceTypeWords)}
          {...props('sourceType')}
        />
        <StakeholderSelect
          label="Whose money it is"
          kinds={payers}
          clearable
          {...props('ultimateDonorId')}
        />
      </SimpleGrid>
      <Folded title="Project, fund, year and note">
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" mt="xs">
          <TextInput label="Project" {...props('project')} />
          <TextInput label="Fund" {...props('fund')} />
          <TextInput label="Fiscal year it is for" inputMode="numeric" {...props('forYear')} />
          <TextInput label="Reference" {...props('reference')} />
        </SimpleGrid>
        <Textarea label="Note" autosize minRows={2} mt="xs" {...props('note')} />
      </Folded>
    </>
  );
}
