import { Button, Group, List, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import type { ImportSettings, StakeholderImport } from '@/shared/api/types';
import { ErrorState } from '@/shared/states/states';
import { Section } from '@/shared/ui/Page';
import { sayDone } from '@/shared/ui/say';
import { ColumnsTable } from './ColumnsTable';
import { mappingsQuery, useSavedMapping, useSettings, useStep } from './queries';
import { policyWords } from './words';

const settingsOf = (one: StakeholderImport): ImportSettings => ({
  options: one.options,
  fields: one.columns.map((column) => column.field),
  ...(one.constants && { constants: one.constants }),
  policy: one.policy,
});

/** What the columns are, and what becomes of stakeholders that are there. Every change is checked at once. */
export function Mapping({ one }: { one: StakeholderImport }) {
  const set = useSettings(one);
  const check = useStep(one, 'check');
  const now = settingsOf(one);
  const change = (next: Partial<ImportSettings>) => set.mutate({ ...now, ...next });
  return (
    <>
      {one.notes.length > 0 && (
        <List size="sm" mb="md">
          {one.notes.map((note) => (
            <List.Item key={note}>{note}</List.Item>
          ))}
        </List>
      )}
      <Group align="end" mb="lg">
        {one.format === 'csv' && <Reading one={one} onChange={change} />}
        {(one.sheets?.length ?? 0) > 1 && (
          <NativeSelect
            label="Sheet"
            value={one.sheet ?? ''}
            data={one.sheets ?? []}
            onChange={(event) => change({ options: { sheet: event.currentTarget.value } })}
          />
        )}
        <NativeSelect
          label="Stakeholders that are there already"
          value={one.policy}
          data={Object.entries(policyWords).map(([value, label]) => ({ value, label }))}
          onChange={(event) =>
            change({ policy: event.currentTarget.value as ImportSettings['policy'] })
          }
        />
        <SavedMappings one={one} />
      </Group>
      <Section title="Columns">
        <ColumnsTable
          one={one}
          busy={set.isPending}
          onField={(column, field) =>
            change({ fields: now.fields.map((had, i) => (i === column ? field : had)) })
          }
        />
      </Section>
      {one.problems.map((problem) => (
        <p key={problem} role="alert">
          {problem}
        </p>
      ))}
      {(set.error ?? check.error) && <ErrorState error={set.error ?? check.error} />}
      <Group mt="md">
        <Button
          disabled={one.problems.length > 0 || set.isPending}
          loading={check.isPending}
          onClick={() => check.mutate()}
        >
          Check every row
        </Button>
        <SaveMapping one={one} />
      </Group>
    </>
  );
}

interface ReadingProps {
  one: StakeholderImport;
  onChange: (next: Partial<ImportSettings>) => void;
}

function Reading({ one, onChange }: ReadingProps) {
  return (
    <>
      <NativeSelect
        label="Encoding"
        value={one.encoding ?? ''}
        data={['UTF-8', 'UTF-16', 'Windows-1252', 'Windows-1250', 'ISO-8859-2']}
        onChange={(event) =>
          onChange({
            options: {
              ...one.options,
              encoding: event.currentTarget.value as NonNullable<
                ImportSettings['options']['encoding']
              >,
            },
          })
        }
      />
      <NativeSelect
        label="Delimiter"
        value={one.delimiter ?? ''}
        data={['comma', 'semicolon', 'tab', 'bar']}
        onChange={(event) =>
          onChange({
            options: {
              ...one.options,
              delimiter: event.currentTarget.value as NonNullable<
                ImportSettings['options']['delimiter']
              >,
            },
          })
        }
      />
    </>
  );
}

function SavedMappings({ one }: { one: StakeholderImport }) {
  const saved = useQuery(mappingsQuery).data?.items ?? [];
  const use = useSavedMapping(one);
  if (saved.length === 0) return null;
  return (
    <NativeSelect
      label="Saved mapping"
      value=""
      data={[
        { value: '', label: 'Choose one' },
        ...saved.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={(event) => event.currentTarget.value && use.mutate(event.currentTarget.value)}
    />
  );
}

function SaveMapping({ one }: { one: StakeholderImport }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const save = useMutation({
    mutationFn: () =>
      data(
        api.POST('/stakeholder-imports/{id}/mapping', {
          params: { path: { id: one.id } },
          body: { name },
        }),
      ),
    onSuccess: async () => {
      sayDone('The mapping is saved and is used for files with the same columns.');
      setName('');
      await client.invalidateQueries({ queryKey: mappingsQuery.queryKey });
    },
  });
  return (
    <Group gap="xs">
      <TextInput
        aria-label="Name of the mapping"
        placeholder="Save this mapping as"
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button
        variant="default"
        disabled={!name.trim()}
        loading={save.isPending}
        onClick={() => save.mutate()}
      >
        Save mapping
      </Button>
    </Group>
  );
}
