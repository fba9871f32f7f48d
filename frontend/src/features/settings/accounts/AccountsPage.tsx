import { Button, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import type { Account } from '@/shared/api/types';
import { accessRoleWords, say } from '@/shared/format/words';
import { useSession } from '@/shared/session/session';
import { LoadingRows, Ready } from '@/shared/states/states';
import { Page } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { Tag } from '@/shared/ui/Tag';
import { When } from '@/shared/ui/When';
import { AccountDialog } from './AccountDialog';

export function AccountsPage() {
  const { account: me } = useSession();
  const [chosen, setChosen] = useState<Account | 'new' | null>(null);
  const accounts = useQuery({
    queryKey: ['accounts'],
    queryFn: ({ signal }) =>
      data(api.GET('/accounts', { params: { query: { limit: 200 } }, signal })),
  });
  return (
    <Page
      title="Accounts"
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setChosen('new')}>
          New account
        </Button>
      }
    >
      <Ready query={accounts} loading={<LoadingRows rows={5} />}>
        {({ items }) => (
          <PlainTable label="Accounts" minWidth={560} stacked>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Name</Table.Th>
                <Table.Th>Email</Table.Th>
                <Table.Th>Access role</Table.Th>
                <Table.Th>Since</Table.Th>
                <Table.Th>
                  <span className="visually-hidden">Action</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((account) => (
                <Table.Tr key={account.id}>
                  <Table.Td fw={500}>
                    {account.name} {account.id === me.id && <Tag>You</Tag>}
                    {account.closed && <Tag tone="warn">Closed</Tag>}
                  </Table.Td>
                  <Table.Td>{account.email}</Table.Td>
                  <Table.Td>{say(accessRoleWords, account.role)}</Table.Td>
                  <Table.Td>
                    <When at={account.createdAt} short />
                  </Table.Td>
                  <Table.Td ta="right">
                    <Button
                      size="xs"
                      variant="default"
                      aria-label={`Edit ${account.name}`}
                      onClick={() => setChosen(account)}
                    >
                      Edit
                    </Button>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </PlainTable>
        )}
      </Ready>
      {chosen && (
        <AccountDialog
          key={chosen === 'new' ? 'new' : chosen.id}
          account={chosen === 'new' ? null : chosen}
          onClose={() => setChosen(null)}
        />
      )}
    </Page>
  );
}
