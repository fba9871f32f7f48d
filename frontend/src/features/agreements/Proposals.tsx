import { Button, Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import type { Agreement } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { plural } from '@/shared/format/number';
import { TextLink } from '@/shared/ui/links';
import { sayDone, sayFailed } from '@/shared/ui/say';
import { at, proposedQuery, useWrite } from './queries';
import classes from './agreements.module.css';

/** What the rules have for this agreement and nobody has written down: proposed, never added by itself. */
export function Proposals({ one }: { one: Agreement }) {
  const proposed = useQuery(proposedQuery(one.id, one.rev)).data?.items ?? [];
  const [left, setLeft] = useState<string[]>([]);
  const key = ({ title, due }: { title: string; due: string }) => `${title} ${due}`;
  const chosen = proposed.filter((part) => !left.includes(key(part)));
  const add = useWrite(() =>
    data(
      api.POST('/agreements/{id}/requirements', {
        params: at(one),
        body: {
          items: chosen.map(({ kind, title, due, ruleId = '' }) => ({
            kind,
            title,
            due,
            ruleId,
            ...(one.ownerId && { ownerId: one.ownerId }),
          })),
        },
      }),
    ),
  );
  if (proposed.length === 0) return null;
  return (
    <div style={{ marginTop: 16 }}>
      <h3 style={{ margin: '0 0 8px', fontSize: 14.5 }}>
        Proposed by{' '}
        <TextLink to="/funding/obligations/rules" fz="inherit" underline="always">
          the rules
        </TextLink>
      </h3>
      {proposed.map((part) => (
        <Checkbox
          key={key(part)}
          mb={8}
          label={`${part.title}, due ${formatDate(part.due)}`}
          description={part.note}
          checked={!left.includes(key(part))}
          onChange={(event) =>
            setLeft(
              event.currentTarget.checked
                ? left.filter((one) => one !== key(part))
                : [...left, key(part)],
            )
          }
        />
      ))}
      <div style={{ display: 'flex', alignItems: 'center', gap: 12 }}>
        <Button
          size="xs"
          variant="default"
          disabled={chosen.length === 0}
          loading={add.isPending}
          onClick={() =>
            add.mutate(undefined, {
              onSuccess: () => sayDone(`${plural(chosen.length, 'requirement')} added.`),
              onError: sayFailed,
            })
          }
        >
          Add {plural(chosen.length, 'requirement')}
        </Button>
        <span className={classes.mute}>Check them against the agreement first.</span>
      </div>
    </div>
  );
}
