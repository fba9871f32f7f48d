import { CloseButton, Group, NumberInput, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { ScenarioFields, ScenarioLine, Supposition } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatMajorMoney } from '@/shared/format/number';
import { titleOf } from './changes';
import { LostDonor } from './LostDonor';
import { Pick, type Option } from './Pick';
import type { LensSearch } from './search';
import { useCurrency } from '@/shared/session/session';

interface ChangeFieldsProps {
  at: number;
  change: Supposition;
  form: UseFormReturnType<ScenarioFields>;
  lens: LensSearch;
  lines: { instalments: ScenarioLine[]; opportunities: ScenarioLine[] } | undefined;
  projects: { id: string; name: string; core: boolean }[];
}

export function ChangeFields({ at, change, form, lens, lines, projects }: ChangeFieldsProps) {
  const currency = useCurrency();
  const has = (field: keyof Supposition) => field in change;
  const input = (field: keyof Supposition) => form.getInputProps(`changes.${at}.${field}`);
  const { kind } = change;
  return (
    <>
      <Group justify="space-between" wrap="nowrap">
        <Text fw={600} size="sm">
          {titleOf(kind)}
        </Text>
        <CloseButton
          aria-label={`Take out “${titleOf(kind)}”`}
          onClick={() => form.removeListItem('changes', at)}
        />
      </Group>
      <Group align="flex-start" gap="sm">
        {kind === 'loseDonor' && (
          <LostDonor at={at} view={change.view ?? 'ultimate'} form={form} lens={lens} />
        )}
        {has('lineId') && (
          <Pick
            label={kind === 'delayInstalment' ? 'Instalment' : 'Opportunity'}
            options={(
              (kind === 'delayInstalment' ? lines?.instalments : lines?.opportunities) ?? []
            ).map((line) => lineOption(line, currency))}
            {...input('lineId')}
          />
        )}
        {kind === 'cutProgramme' && (
          <Pick
            label="Programme"
            options={[
              { value: '', label: 'All but the core' },
              ...projects.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            {...input('projectId')}
          />
        )}
        {kind === 'cutProgramme' && (
          <NumberInput label="Percent" min={1} max={100} w={110} {...input('percent')} />
        )}
        {kind === 'addIncome' && (
          <NumberInput
            label={`Amount, ${currency}`}
            min={1}
            w={150}
            decimalScale={2}
            thousandSeparator=","
            value={(change.cents ?? 0) / 100}
            error={input('cents').error as string | undefined}
            onChange={(figure) =>
              form.setFieldValue(`changes.${at}.cents`, Math.round(Number(figure) * 100))
            }
          />
        )}
        {has('date') && <TextInput type="date" label="From" w={170} {...input('date')} />}
        {has('months') && (
          <NumberInput
            label={kind === 'addIncome' ? 'Over months' : 'Months later'}
            min={1}
            max={120}
            w={120}
            {...input('months')}
          />
        )}
      </Group>
    </>
  );
}

function lineOption(line: ScenarioLine, currency: string): Option {
  const { id, title, donor, due, cents, probability } = line;
  const parts = [title, donor, due && formatDate(due), formatMajorMoney(cents, currency)];
  if (probability) parts.push(`${probability} %`);
  return { value: id, label: parts.filter(Boolean).join(' · ') };
}
