import type { Stakeholder } from '@/shared/api/types';
import { countryName } from '@/shared/format/country';
import { kindWords, roleWords, say } from '@/shared/format/words';
import type { Column } from '@/shared/table/RecordTable';
import { RowLink } from '@/shared/table/RowLink';
import { Tag, Tags } from '@/shared/ui/Tag';
import { When } from '@/shared/ui/When';
import type { Listed } from './queries';

/** What the list shows when nobody has chosen. */
export const ownColumns = ['name', 'roles', 'country', 'email', 'tags', 'updatedAt'];

const mute = { color: 'var(--mute)' };

/** Every column under the name that the API exports it by. */
export const columns: Column<Listed>[] = [
  {
    key: 'name',
    header: 'Name',
    sort: 'name',
    cell: (one) => (
      <RowLink to="/stakeholders/$id" params={{ id: one.id }} title={one.name}>
        {one.name}
      </RowLink>
    ),
  },
  { key: 'kind', header: 'Kind', width: '14%', cell: (one) => say(kindWords, one.kind) },
  { key: 'roles', header: 'Roles', width: '19%', cell: (one) => <Roles roles={one.roles} /> },
  {
    key: 'country',
    header: 'Country',
    sort: 'country',
    width: '13%',
    cell: (one) => countryName(one.country),
  },
  {
    key: 'email',
    header: 'Email',
    width: '22%',
    cell: (one) => one.emails.map(({ address }) => address).join(', '),
  },
  {
    key: 'phone',
    header: 'Phone',
    width: '14%',
    cell: (one) => one.phones.map(({ number }) => number).join(', '),
  },
  { key: 'website', header: 'Website', width: '18%', cell: (one) => one.website },
  {
    key: 'tags',
    header: 'Tags',
    width: '15%',
    wideOnly: true,
    cell: (one) => <span style={mute}>{one.tags.join(', ')}</span>,
  },
  { key: 'parent', header: 'Part of', width: '18%', cell: (one) => one.parentName },
  {
    key: 'notes',
    header: 'Notes',
    width: '22%',
    cell: (one) => <span style={mute}>{one.notes}</span>,
  },
  {
    key: 'createdAt',
    header: 'Added',
    sort: 'createdAt',
    width: '92px',
    numeric: true,
    cell: (one) => <When at={one.createdAt} short />,
  },
  {
    key: 'updatedAt',
    header: 'Changed',
    sort: 'updatedAt',
    width: '92px',
    numeric: true,
    cell: (one) => <When at={one.updatedAt} short />,
  },
  { key: 'id', header: 'Id', width: '18%', cell: (one) => <span style={mute}>{one.id}</span> },
];

export function Roles({ roles }: { roles: string[] }) {
  return (
    <Tags>
      {roles.map((role) => (
        <Tag key={role} tone={role === 'donor' ? 'good' : 'mute'}>
          {say(roleWords, role)}
        </Tag>
      ))}
    </Tags>
  );
}

export function compactRow(one: Stakeholder) {
  const facts = [say(kindWords, one.kind), countryName(one.country)].filter(Boolean).join(' · ');
  return (
    <>
      <RowLink to="/stakeholders/$id" params={{ id: one.id }}>
        {one.name}
      </RowLink>
      <div
        style={{ display: 'flex', flexWrap: 'wrap', gap: 6, color: 'var(--mute)', fontSize: 14 }}
      >
        <span>{facts}</span>
        <Roles roles={one.roles} />
      </div>
    </>
  );
}
