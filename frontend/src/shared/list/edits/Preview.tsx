import { Button, Group, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { BulkEdit, ListDescription } from '@/shared/api/types';
import { formatCount } from '@/shared/format/number';
import type { Words } from './bulkList';
import classes from './edits.module.css';
import { Rows } from './Rows';
import { records } from './words';

interface PreviewProps {
  edit: BulkEdit;
  about: ListDescription;
  words: Words;
  onBack: () => void;
  onApply: () => void;
}

/** What the edit would do, before anything is done. */
export function Preview({ edit, about, words, onBack, onApply }: PreviewProps) {
  const { changing, unchanged, failing } = edit.counts;
  const [state, setState] = useState<'planned' | 'failing'>(changing > 0 ? 'planned' : 'failing');
  return (
    <>
      <dl className={classes.counts} aria-label="What it would do">
        <Count name="would change" value={changing} />
        <Count name="are so already" value={unchanged} />
        <Count name="cannot be changed" value={failing} />
      </dl>
      {changing > 0 && failing > 0 && (
        <SegmentedControl
          size="xs"
          mb="xs"
          aria-label="Which records"
          data={[
            { value: 'planned', label: 'Would change' },
            { value: 'failing', label: 'Cannot be changed' },
          ]}
          value={state}
          onChange={(next) => setState(next === 'failing' ? 'failing' : 'planned')}
        />
      )}
      {changing + failing > 0 && <Rows id={edit.id} states={[state]} about={about} words={words} />}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onBack}>
          Back
        </Button>
        <Button disabled={changing === 0} onClick={onApply}>
          Change {records(changing)}
        </Button>
      </Group>
    </>
  );
}

function Count({ name, value }: { name: string; value: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{formatCount(value)}</dd>
    </div>
  );
}
