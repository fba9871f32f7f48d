import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { earmarkingWords, options, restrictionWords } from '@/shared/format/words';
import { problemErrors } from '@/shared/forms/problemErrors';
import { StakeholderSelect } from '@/shared/stakeholders/StakeholderSelect';
import { projectsQuery } from '../queries';
import { isCurrency, type GiftForm } from './form';
import { useCurrency } from '@/shared/session/session';

interface GiftFieldsProps {
  form: GiftForm;
  onChange: (next: Partial<GiftForm>) => void;
  /** The platform took something, so some work has to bear it. */
  fees: boolean;
  /** What the import was refused for. */
  error: unknown;
}

/** For whom the gifts were, and what kind of money they are. */
export function GiftFields({ form, onChange, fees, error }: GiftFieldsProps) {
  const currency = useCurrency();
  const projects = useQuery(projectsQuery).data?.items ?? [];
  const wrong = error ? problemErrors(error, (path) => path in form).byField : {};
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 5 }} spacing="sm" mb="md">
      <StakeholderSelect
        label="Campaign"
        kinds={['organisation']}
        first="donor"
        required
        value={form.donorId}
        onChange={(donorId) => onChange({ donorId })}
        error={wrong.donorId}
      />
      <NativeSelect
        label="Earmarking"
        data={options(earmarkingWords)}
        value={form.earmarking}
        onChange={(event) => onChange({ earmarking: event.currentTarget.value })}
      />
      <NativeSelect
        label="Restriction"
        data={options(restrictionWords)}
        value={form.restriction}
        onChange={(event) => onChange({ restriction: event.currentTarget.value })}
      />
      <NativeSelect
        label="Fees are borne by"
        required={fees}
        data={[
          { value: '', label: 'Choose a project' },
          ...projects.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={form.projectId}
        onChange={(event) => onChange({ projectId: event.currentTarget.value })}
        error={wrong.projectId}
      />
      <TextInput
        label="Currency"
        description="Where no column says it"
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        maxLength={3}
        value={form.currency}
        onChange={(event) => onChange({ currency: event.currentTarget.value.toUpperCase() })}
        error={!isCurrency(form.currency) && `Three letters, such as ${currency}`}
      />
    </SimpleGrid>
  );
}
