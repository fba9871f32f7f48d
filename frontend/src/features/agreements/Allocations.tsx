import { Button, CloseButton, NumberInput, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './agreements.module.css';

export interface Row {
  fund: string;
  project: string;
  year: number | string;
  weight: number | string;
}

interface AllocationsProps {
  rows: Row[];
  onChange: (rows: Row[]) => void;
  error: ReactNode;
}

/** The funds, projects and years that an instalment is for. */
export function Allocations({ rows, onChange, error }: AllocationsProps) {
  const set = (i: number, next: Partial<Row>) =>
    onChange(rows.map((row, j) => (i === j ? { ...row, ...next } : row)));
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
      <legend style={{ padding: 0, fontSize: 14, fontWeight: 500 }}>Divided over</legend>
      {rows.map((row, i) => (
        <div key={i} style={{ display: 'flex', gap: 8, marginTop: 6, alignItems: 'center' }}>
          <TextInput
            aria-label={`Fund ${i + 1}`}
            placeholder="Fund"
            style={{ flex: 1 }}
            value={row.fund}
            onChange={(event) => set(i, { fund: event.currentTarget.value })}
          />
          <TextInput
            aria-label={`Project ${i + 1}`}
            placeholder="Project"
            style={{ flex: 1 }}
            value={row.project}
            onChange={(event) => set(i, { project: event.currentTarget.value })}
          />
          <NumberInput
            aria-label={`Year ${i + 1}`}
            placeholder="Year"
            w={72}
            hideControls
            thousandSeparator=""
            value={row.year}
            onChange={(year) => set(i, { year })}
          />
          <NumberInput
            aria-label={`Weight ${i + 1}`}
            placeholder="Weight"
            w={82}
            min={0}
            hideControls
            value={row.weight}
            onChange={(weight) => set(i, { weight })}
          />
          <CloseButton
            aria-label={`Remove part ${i + 1}`}
            onClick={() => onChange(rows.filter((_, j) => j !== i))}
          />
        </div>
      ))}
      {error && <p style={{ color: 'var(--bad)', fontSize: 13, margin: '4px 0 0' }}>{error}</p>}
      <Button
        size="compact-sm"
        variant="subtle"
        mt={6}
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange([...rows, { fund: '', project: '', year: '', weight: 1 }])}
      >
        Add a part
      </Button>
      {rows.length > 0 && (
        <p className={classes.mute} style={{ margin: '4px 0 0' }}>
          Each gets its weight over the sum of the weights. The parts add up to the cent.
        </p>
      )}
    </fieldset>
  );
}
