import { Button, Group, Table } from '@mantine/core';
import { useState } from 'react';
import type { Aim, Dashboard } from '@/shared/api/types';
import { formatFigure, formatShare } from '@/shared/format/number';
import { useMay } from '@/shared/session/session';
import { Dialog } from '@/shared/ui/Dialog';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { Tag } from '@/shared/ui/Tag';
import classes from './funding.module.css';
import { LimitsForm } from './LimitsForm';
import { metricWords } from './metrics';
import { TargetForm } from './TargetForm';

function show(metric: Aim['metric'], value: number | null): string {
  if (metric === 'hhi') return formatFigure(value, 3);
  return metric === 'reserveMonths' ? formatFigure(value, 1) : formatShare(value);
}

/** The board's own targets, each against the straight line from where it started. */
export function Targets({ of }: { of: Dashboard }) {
  const mayWrite = useMay('targets:write');
  const [open, setOpen] = useState<Aim | 'new' | 'limits' | null>(null);
  const aims = of.targets;
  if (aims.length === 0 && !mayWrite) return null;
  return (
    <Section
      title="The board’s targets"
      aside={aims.length > 0 && `in ${of.label}`}
      actions={
        mayWrite && (
          <Group gap="xs">
            <Button size="xs" variant="subtle" onClick={() => setOpen('limits')}>
              Limits
            </Button>
            <Button size="xs" variant="default" onClick={() => setOpen('new')}>
              New target
            </Button>
          </Group>
        )
      }
    >
      {aims.length === 0 ? (
        <p className={classes.hint}>No target is set yet.</p>
      ) : (
        <PlainTable label="Targets" minWidth={620} stacked>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Target</Table.Th>
              {['Start', 'Now', 'Should be'].map((name) => (
                <Table.Th key={name} scope="col" ta="right">
                  {name}
                </Table.Th>
              ))}
              <Table.Th scope="col">On track</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {aims.map((aim) => (
              <Table.Tr key={aim.id}>
                <Table.Th scope="row" fw={500}>
                  {metricWords[aim.metric]} {aim.comparison} {show(aim.metric, aim.value)} by{' '}
                  {aim.year}
                  <div className={classes.hint}>
                    {aim.view} donor, {aim.basis}
                    {mayWrite && (
                      <>
                        {' · '}
                        <Button size="compact-xs" variant="subtle" onClick={() => setOpen(aim)}>
                          Change
                        </Button>
                      </>
                    )}
                  </div>
                </Table.Th>
                <Table.Td ta="right" data-label="Start">
                  {show(aim.metric, aim.startValue)} ({aim.startYear})
                </Table.Td>
                <Table.Td ta="right" data-label="Now">
                  {show(aim.metric, aim.now)}
                </Table.Td>
                <Table.Td ta="right" data-label="Should be">
                  {show(aim.metric, aim.expected)}
                </Table.Td>
                <Table.Td data-label="On track">
                  <Track of={aim} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </PlainTable>
      )}
      <Dialog
        opened={open === 'limits'}
        onClose={() => setOpen(null)}
        title="Limits that mark a figure"
      >
        {open === 'limits' && <LimitsForm limits={of.limits} onDone={() => setOpen(null)} />}
      </Dialog>
      <Dialog
        opened={open !== null && open !== 'limits'}
        onClose={() => setOpen(null)}
        title="Target"
      >
        {open !== null && open !== 'limits' && (
          <TargetForm
            target={open === 'new' ? null : open}
            year={of.year}
            onDone={() => setOpen(null)}
          />
        )}
      </Dialog>
    </Section>
  );
}

function Track({ of }: { of: Aim }) {
  if (of.reached) return <Tag tone="good">Reached</Tag>;
  if (of.onTrack === null) return <>n/a</>;
  return of.onTrack ? <Tag tone="good">On track</Tag> : <Tag tone="warn">Behind</Tag>;
}
