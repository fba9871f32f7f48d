import { SegmentedControl } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Giving } from '@/shared/api/types';
import { formatCount, formatMajor } from '@/shared/format/number';
import { Section } from '@/shared/ui/Page';
import { FigureTable } from '../charts/FigureTable';
import { YearBars } from './YearBars';
import { useCurrency } from '@/shared/session/session';

interface ByYearProps {
  title: string;
  giving: Giving;
  /** Below the figures. */
  children?: ReactNode;
}

/** What a funder gave year by year: two faces of the same figures. */
export function ByYear({ title, giving: { years }, children }: ByYearProps) {
  const currency = useCurrency();
  const [face, setFace] = useState('chart');
  return (
    <Section
      title={title}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={`${title} as`}
          data={[
            { value: 'chart', label: 'Chart' },
            { value: 'table', label: 'Table' },
          ]}
          value={face}
          onChange={setFace}
        />
      }
    >
      {face === 'chart' ? (
        <YearBars years={years} />
      ) : (
        <FigureTable
          caption="Given by year"
          columns={years.map((one) => String(one.year))}
          rows={[
            {
              key: 'worth',
              name: `Given, ${currency}`,
              cells: years.map((one) => formatMajor(one.worth, currency)),
            },
            { key: 'awards', name: 'Awards', cells: years.map((one) => formatCount(one.awards)) },
          ]}
        />
      )}
      {children}
    </Section>
  );
}
