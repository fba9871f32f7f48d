import { Button, Menu, SegmentedControl } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { apiUrl } from '@/shared/api/client';
import type { Basis, DonorView } from '@/shared/api/types';
import { Section } from '@/shared/ui/Page';
import { saveCsv } from './saveCsv';

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
  /** The same figures for a spreadsheet, head row first. */
  csv: (string | number)[][];
}

/** A chart, its table, and its pictures: three faces of the same figures. */
export function ChartFrame({ title, name, span, chart, table, csv }: ChartFrameProps) {
  const [face, setFace] = useState('chart');
  const file = `${name}-${span.from}-${span.to}`;
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
          <Menu position="bottom-end">
            <Menu.Target>
              <Button
                size="xs"
                variant="default"
                leftSection={<IconDownload size={15} aria-hidden />}
                aria-label={`Download ${title}`}
              >
                Download
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {(['svg', 'png'] as const).map((kind) => (
                <Menu.Item
                  key={kind}
                  component="a"
                  href={apiUrl(`/charts/${name}.${kind}`, { ...span })}
                  download={`${file}.${kind}`}
                >
                  {kind === 'svg' ? 'SVG, for print' : 'PNG, for documents'}
                </Menu.Item>
              ))}
              <Menu.Item onClick={() => saveCsv(`${file}.csv`, csv)}>CSV, the figures</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </>
      }
    >
      {face === 'chart' ? chart : table}
    </Section>
  );
}
