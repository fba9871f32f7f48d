import { Table } from '@mantine/core';
import type { KnownStakeholder } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { roleWords, say } from '@/shared/format/words';
import { BandTag } from '@/shared/ties/BandTag';
import { namesOf } from '@/shared/ties/names';
import { TextLink } from '@/shared/ui/links';
import { PlainTable } from '@/shared/ui/PlainTable';
import { Tag, Tags } from '@/shared/ui/Tag';

interface KnownTableProps {
  label: string;
  items: KnownStakeholder[];
  /** Shows whose ties have gone cold and when, instead of who knows them now. */
  cold?: boolean;
}

/** Stakeholders and who of us knows them. */
export function KnownTable({ label, items, cold = false }: KnownTableProps) {
  return (
    <PlainTable label={label} minWidth={560} stacked>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Stakeholder</Table.Th>
          <Table.Th>Roles</Table.Th>
          <Table.Th>{cold ? 'Knew them best' : 'Known by'}</Table.Th>
          <Table.Th>{cold ? 'Now' : 'Strength'}</Table.Th>
          {cold && <Table.Th>Cold since</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((one) => (
          <Table.Tr key={one.stakeholderId}>
            <Table.Td fw={500}>
              <TextLink to="/stakeholders/$id" params={{ id: one.stakeholderId }}>
                {one.name}
              </TextLink>
            </Table.Td>
            <Table.Td>
              <Tags>
                {one.roles.map((role) => (
                  <Tag key={role}>{say(roleWords, role)}</Tag>
                ))}
              </Tags>
            </Table.Td>
            <Table.Td>{namesOf(one, cold ? one.once : one.knowers) || 'Nobody'}</Table.Td>
            <Table.Td>
              <BandTag band={one.best} />
            </Table.Td>
            {cold && <Table.Td>{formatDate(one.coldSince)}</Table.Td>}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </PlainTable>
  );
}
