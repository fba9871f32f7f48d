import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { api, data, ifMatch } from '@/shared/api/client';
import type { Agreement, DonorString } from '@/shared/api/types';
import { LoadingRows, Ready } from '@/shared/states/states';
import { Section } from '@/shared/ui/Page';
import { RowMenu } from '@/shared/ui/RowMenu';
import { sayFailed } from '@/shared/ui/say';
import { stringsQuery, useWrite } from './queries';
import { Attached } from './Attached';
import { StringDialog } from './StringDialog';
import classes from './agreements.module.css';

/** What the donor attaches to the money of one agreement. */
export function AgreementStrings({ one, mayWrite }: { one: Agreement; mayWrite: boolean }) {
  const [open, setOpen] = useState<{ string: DonorString | null } | null>(null);
  const query = useQuery(stringsQuery(one.id));
  return (
    <Section
      title="Strings"
      actions={
        mayWrite && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setOpen({ string: null })}
          >
            Add string
          </Button>
        )
      }
    >
      <Ready query={query} loading={<LoadingRows rows={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={classes.mute}>Nothing is attached to this money.</p>
          ) : (
            <ul className={classes.attached} aria-label="Strings">
              {items.map((string) => (
                <Attached
                  key={string.id}
                  string={string}
                  menu={mayWrite && <Menu string={string} onEdit={() => setOpen({ string })} />}
                />
              ))}
            </ul>
          )
        }
      </Ready>
      {open && <StringDialog one={one} string={open.string} onClose={() => setOpen(null)} />}
    </Section>
  );
}

function Menu({ string, onEdit }: { string: DonorString; onEdit: () => void }) {
  const remove = useWrite(() =>
    data(
      api.DELETE('/strings/{id}', {
        params: { path: { id: string.id }, header: ifMatch(string.rev) },
      }),
    ),
  );
  return (
    <RowMenu
      of={string.text}
      actions={[
        { label: 'Edit', onClick: onEdit },
        {
          label: 'Remove',
          danger: true,
          onClick: () => remove.mutate(undefined, { onError: sayFailed }),
        },
      ]}
    />
  );
}
