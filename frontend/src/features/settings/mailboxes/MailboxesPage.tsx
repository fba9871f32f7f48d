import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Mailbox } from '@/shared/api/types';
import { useMay, useSession } from '@/shared/session/session';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { Page } from '@/shared/ui/Page';
import { MailboxDialog } from './MailboxDialog';
import { MailboxSection } from './MailboxSection';
import { mailboxesQuery } from './queries';
import { SyncButton } from './SyncButton';

export function MailboxesPage() {
  const { account } = useSession();
  const mayAdd = useMay('mail:write');
  const isAdmin = useMay('admin:write');
  const [chosen, setChosen] = useState<Mailbox | 'new' | null>(null);
  const mailboxes = useQuery(mailboxesQuery);
  const add = mayAdd && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setChosen('new')}>
      Add a mailbox
    </Button>
  );
  return (
    <Page
      title="Mailboxes"
      actions={
        mailboxes.data &&
        mailboxes.data.items.length > 0 && (
          <>
            {isAdmin && <SyncButton />}
            {add}
          </>
        )
      }
    >
      <p style={{ marginTop: 0, maxWidth: '68ch', color: 'var(--mute)' }}>
        Piper reads only the folders that are chosen here, changes nothing in them, and keeps only
        mail that involves a stakeholder. What it keeps is private to the mailbox’s owner.
      </p>
      <Ready query={mailboxes} loading={<LoadingRows rows={4} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No mailbox yet." action={add}>
              You need the name of the IMAP server, your user name and an app password. Choose
              folders in which there is no case work.
            </EmptyState>
          ) : (
            items.map((mailbox) => (
              <MailboxSection
                key={mailbox.id}
                mailbox={mailbox}
                mine={mailbox.ownerId === account.id}
                onEdit={() => setChosen(mailbox)}
              />
            ))
          )
        }
      </Ready>
      {chosen && (
        <MailboxDialog
          mailbox={chosen === 'new' ? null : chosen}
          ownerId={chosen === 'new' ? account.id : (chosen.ownerId ?? '')}
          onClose={() => setChosen(null)}
        />
      )}
    </Page>
  );
}
