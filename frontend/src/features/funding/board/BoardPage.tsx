import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconFileText } from '@tabler/icons-react';
import { FundingNav } from '@/shared/funding/FundingNav';
import { useMay } from '@/shared/session/session';
import { EmptyState, Ready } from '@/shared/states/states';
import { ExportButton } from '@/shared/table/ExportButton';
import { Dialog } from '@/shared/ui/Dialog';
import { ButtonLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import classes from '../funding.module.css';
import { PackForm } from './PackForm';
import { PackTable } from './PackTable';
import { packsQuery } from './queries';

export function BoardPage() {
  const mayMake = useMay('finance:write');
  const [opened, dialog] = useDisclosure(false);
  const query = useQuery(packsQuery);
  const make = mayMake && (
    <Button leftSection={<IconFileText size={16} aria-hidden />} onClick={dialog.open}>
      New pack
    </Button>
  );
  return (
    <Page
      title="Board packs"
      actions={
        <>
          <ButtonLink to="/funding/embeds" variant="default">
            Links to charts
          </ButtonLink>
          <ExportButton path="/board/packs.csv" query={{}} />
          {make}
        </>
      }
    >
      <FundingNav />
      <p className={classes.hint} style={{ marginBottom: 16 }}>
        A pack holds the figures of one moment, with charts, definitions and what has changed since
        the pack before. It stays what the board saw when the books are corrected later.
      </p>
      <Ready query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No board pack yet." action={make}>
              {mayMake
                ? 'It takes a few seconds to make one.'
                : 'A fundraiser makes packs; they show here.'}
            </EmptyState>
          ) : (
            <PackTable packs={items} />
          )
        }
      </Ready>
      <Dialog opened={opened} onClose={dialog.close} title="New board pack" size="lg">
        <PackForm onDone={dialog.close} />
      </Dialog>
    </Page>
  );
}
