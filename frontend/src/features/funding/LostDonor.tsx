import { Select } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import type { DonorView, ScenarioFields } from '@/shared/api/types';
import { Pick } from './Pick';
import { linesQuery } from './queries';
import type { LensSearch } from './search';
import { views } from './words';

interface LostDonorProps {
  at: number;
  view: DonorView;
  form: UseFormReturnType<ScenarioFields>;
  lens: LensSearch;
}

/** Who stops: whoever pays, a directorate as well, or all whose money it is. */
export function LostDonor({ at, view, form, lens }: LostDonorProps) {
  const lines = useQuery(linesQuery({ ...lens, view }));
  return (
    <>
      <Select
        label="By"
        w={170}
        data={views}
        allowDeselect={false}
        value={view}
        onChange={(value) => {
          form.setFieldValue(`changes.${at}.view`, value === 'direct' ? 'direct' : 'ultimate');
          form.setFieldValue(`changes.${at}.donorId`, '');
        }}
      />
      <Pick
        label="Donor"
        options={(lines.data?.donors ?? []).map(({ id, title }) => ({ value: id, label: title }))}
        {...form.getInputProps(`changes.${at}.donorId`)}
      />
    </>
  );
}
