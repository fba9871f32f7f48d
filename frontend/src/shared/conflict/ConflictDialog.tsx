import { Button, Group, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { Dialog } from '@/shared/ui/Dialog';
import type { Difference } from './compare';

interface ConflictDialogProps {
  opened: boolean;
  differences: Difference[];
  nameOf: (field: string) => string;
  show: (field: string, value: unknown) => ReactNode;
  busy: boolean;
  onTheirs: () => void;
  onMine: () => void;
  onClose: () => void;
}

/** Somebody saved the same record in the meantime: shows what they changed and asks what to do. */
export function ConflictDialog(props: ConflictDialogProps) {
  const { differences, nameOf, show } = props;
  const clashes = differences.some((one) => one.clash);
  return (
    <Dialog
      opened={props.opened}
      onClose={props.onClose}
      title="Somebody else saved this while you were editing"
      size="lg"
    >
      {differences.length > 0 ? (
        <Table captionSide="top" layout="fixed" style={{ overflowWrap: 'anywhere' }}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="22%">Field</Table.Th>
              <Table.Th>It was</Table.Th>
              <Table.Th>They saved</Table.Th>
              {clashes && <Table.Th>You have</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {differences.map((one) => (
              <Table.Tr key={one.field}>
                <Table.Th scope="row" fw={500}>
                  {nameOf(one.field)}
                </Table.Th>
                <Table.Td c="dimmed">{show(one.field, one.before)}</Table.Td>
                <Table.Td>{show(one.field, one.theirs)}</Table.Td>
                {clashes && <Table.Td>{one.clash && show(one.field, one.mine)}</Table.Td>}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ) : (
        <p style={{ marginTop: 0 }}>No field that you see here differs; saving again is safe.</p>
      )}
      <p style={{ color: 'var(--mute)' }}>
        “Keep mine” saves the fields that you changed and leaves their other changes as they are.
      </p>
      <Group justify="flex-end">
        <Button variant="default" onClick={props.onTheirs} disabled={props.busy}>
          Use theirs
        </Button>
        <Button onClick={props.onMine} loading={props.busy}>
          Keep mine
        </Button>
      </Group>
    </Dialog>
  );
}
