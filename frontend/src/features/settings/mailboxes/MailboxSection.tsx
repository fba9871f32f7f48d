import { Button, Table } from '@mantine/core';
import { useState } from 'react';
import type { FolderState, Mailbox } from '@/shared/api/types';
import { formatCount } from '@/shared/format/number';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { Tag } from '@/shared/ui/Tag';
import { ReadingState } from './ReadingState';
import { RemoveDialog } from './RemoveDialog';

interface MailboxSectionProps {
  mailbox: Mailbox;
  mine: boolean;
  onEdit: () => void;
}

/** One mailbox: how its reading goes, folder by folder. */
export function MailboxSection({ mailbox, mine, onEdit }: MailboxSectionProps) {
  const [leaving, setLeaving] = useState(false);
  const states = new Map(mailbox.state?.folders.map((folder) => [folder.name, folder]));
  return (
    <Section
      title={mailbox.name ?? mailbox.user}
      aside={
        <>
          {mailbox.user} at {mailbox.host} {!mine && <Tag>Somebody else’s</Tag>}{' '}
          {!mailbox.enabled && <Tag tone="warn">Switched off</Tag>}
        </>
      }
      actions={
        <>
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            aria-label={`Remove ${mailbox.name ?? mailbox.user}`}
            onClick={() => setLeaving(true)}
          >
            Remove
          </Button>
          <Button
            size="xs"
            variant="default"
            aria-label={`Edit ${mailbox.name ?? mailbox.user}`}
            onClick={onEdit}
          >
            Edit
          </Button>
        </>
      }
    >
      <ReadingState mailbox={mailbox} />
      <PlainTable label="Folders" minWidth={320} tight>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Folder</Table.Th>
            <Table.Th ta="right">Kept</Table.Th>
            <Table.Th ta="right" title="Involves no stakeholder">
              Forgotten
            </Table.Th>
            <Table.Th ta="right" title="Kept out by the guardrail">
              Withheld
            </Table.Th>
            <Table.Th ta="right" title="Could not be parsed">
              Unreadable
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {mailbox.folders?.map((name) => (
            <FolderRow key={name} name={name} state={states.get(name)} />
          ))}
        </Table.Tbody>
      </PlainTable>
      {leaving && <RemoveDialog mailbox={mailbox} onClose={() => setLeaving(false)} />}
    </Section>
  );
}

function FolderRow({ name, state }: { name: string; state: FolderState | undefined }) {
  return (
    <Table.Tr>
      <Table.Td>{name}</Table.Td>
      {state ? (
        [state.kept, state.forgotten, state.withheld, state.unreadable].map((n, i) => (
          <Table.Td key={i} ta="right">
            {formatCount(n)}
          </Table.Td>
        ))
      ) : (
        <Table.Td colSpan={4} ta="right" c="dimmed">
          not read yet
        </Table.Td>
      )}
    </Table.Tr>
  );
}
