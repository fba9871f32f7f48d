import { Button, Group, Table } from '@mantine/core';
import { useState } from 'react';
import type { Aim, Dashboard } from '@/shared/api/types';
import { askOf, formatMetric } from '@/shared/funding/metrics';
import { Track } from '@/shared/funding/Track';
import { useMay } from '@/shared/session/session';
import { Dialog } from '@/shared/ui/Dialog';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import classes from './funding.module.css';
import { LimitsForm } from './LimitsForm';
import { TargetForm } from './TargetForm';

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
                  {askOf(aim)}
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
                  {formatMetric(aim.metric, aim.startValue)} ({aim.startYear})
                </Table.Td>
                <Table.Td ta="right" data-label="Now">
                  {formatMetric(aim.metric, aim.now)}
                </Table.Td>
                <Table.Td ta="right" data-label="Should be">
                  {formatMetric(aim.metric, aim.expected)}
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
