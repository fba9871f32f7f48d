import { SegmentedControl } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Basis, DonorView } from '@/shared/api/types';
import { Section } from '@/shared/ui/Page';
import { Downloads } from './Downloads';

export interface Span {
  from: number;
  to: number;
  view: DonorView;
  basis: Basis;
}

interface ChartFrameProps {
  title: string;
  /** The server's name of the chart. */
  name: 'diversification' | 'earmarking';
  span: Span;
  chart: ReactNode;
  table: ReactNode;
}

/** A chart, its table, and its pictures: three faces of the same figures. */
export function ChartFrame({ title, name, span, chart, table }: ChartFrameProps) {
  const [face, setFace] = useState('chart');
  return (
    <Section
      title={title}
      actions={
        <>
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
          <Downloads
            name={`${name}-${span.from}-${span.to}`}
            title={title}
            query={{ ...span }}
            picture={`/charts/${name}`}
            table={`/charts/${name}`}
          />
        </>
      }
    >
      {face === 'chart' ? chart : table}
    </Section>
  );
}
