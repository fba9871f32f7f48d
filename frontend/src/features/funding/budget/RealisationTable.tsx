import { Table } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import type { Realisation, Use } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatMajor, formatShare, plural } from '@/shared/format/number';
import { TextLink } from '@/shared/ui/links';
import { PlainTable } from '@/shared/ui/PlainTable';
import classes from '../funding.module.css';
import type { ExpensesSearch } from './search';
import { useCurrency } from '@/shared/session/session';

/** What each project and category was planned to cost, has cost, and is going to. */
export function RealisationTable({ of }: { of: Realisation }) {
  return (
    <>
      <PlainTable label="Budget versus realisation" minWidth={860}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Project and category</Table.Th>
            {['Budget', 'Realised', 'Committed', 'Remaining'].map((name) => (
              <Table.Th key={name} scope="col" ta="right">
                {name}
              </Table.Th>
            ))}
            <Table.Th scope="col">Used</Table.Th>
            <Table.Th scope="col" ta="right">
              Forecast
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.projects.map((project) => (
            <Fragment key={project.id}>
              <Line
                name={project.name}
                of={project}
                behind={{ year: of.year, projectId: project.id }}
                strong
              />
              {project.lines.map((line) => (
                <Line
                  key={`${line.category}-${line.fundId ?? ''}`}
                  name={line.category}
                  aside={line.fundName}
                  of={line}
                  behind={{
                    year: of.year,
                    projectId: project.id,
                    category: line.category,
                    fundId: line.fundId,
                    noFund: line.fundId ? undefined : true,
                  }}
                />
              ))}
            </Fragment>
          ))}
          <Line name="All work" of={of.total} behind={{ year: of.year }} strong />
        </Table.Tbody>
      </PlainTable>
      <p className={classes.basis}>
        Whole {of.currency} · as of {formatDate(of.asOf)}
        {of.notConverted > 0 && ` · ${plural(of.notConverted, 'expense')} not converted, left out`}
      </p>
    </>
  );
}

interface LineProps {
  name: string;
  aside?: string | undefined;
  of: Use;
  /** Which expenses make it up. */
  behind: ExpensesSearch;
  strong?: boolean;
}

function Line({ name, aside, of, behind, strong = false }: LineProps) {
  const currency = useCurrency();
  const weight = strong ? 600 : 400;
  const cell = (value: number) => formatMajor(value, currency);
  const linked = (value: number, state: 'realised' | 'committed'): ReactNode =>
    value === 0 ? (
      cell(value)
    ) : (
      <TextLink
        to="/funding/expenses"
        search={{ ...behind, state }}
        c="inherit"
        fz="inherit"
        fw="inherit"
        aria-label={`${name}, ${state}: ${cell(value)}, the expenses`}
      >
        {cell(value)}
      </TextLink>
    );
  const part = (value: number) => `${Math.min(100, Math.max(0, (value / of.budget) * 100))}%`;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={weight} pl={strong ? undefined : 28}>
        {name}
        {aside && <span className={classes.hint}> · {aside}</span>}
      </Table.Th>
      <Table.Td ta="right" fw={weight}>
        {cell(of.budget)}
      </Table.Td>
      <Table.Td ta="right" fw={weight}>
        {linked(of.realised, 'realised')}
      </Table.Td>
      <Table.Td ta="right" fw={weight}>
        {linked(of.committed, 'committed')}
      </Table.Td>
      <Table.Td ta="right" fw={weight} {...(of.remaining < 0 && { c: 'var(--bad)' })}>
        {cell(of.remaining)}
      </Table.Td>
      <Table.Td>
        <div style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
          {of.used !== null && (
            <div className={classes.bar} aria-hidden>
              <span data-tone="soft" style={{ width: part(of.realised + of.committed) }} />
              <span
                data-tone={of.remaining < 0 ? 'bad' : undefined}
                style={{ width: part(of.realised) }}
              />
            </div>
          )}
          {formatShare(of.used, 0)}
        </div>
      </Table.Td>
      <Table.Td ta="right" fw={weight}>
        {cell(of.forecast)}
      </Table.Td>
    </Table.Tr>
  );
}
