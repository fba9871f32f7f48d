import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Affiliation, Stakeholder } from '@/shared/api/types';
import lines from '@/shared/record/lines.module.css';
import { useMay } from '@/shared/session/session';
import { EmptyState } from '@/shared/states/states';
import { TextLink } from '@/shared/ui/links';
import type { Doing } from './dialogs';
import { filedQuery } from './queries';
import classes from './affiliations.module.css';

interface WithoutPostProps {
  one: Stakeholder;
  posts: Affiliation[];
  empty: { empty: string; hint: string };
  onDo: (next: Doing) => void;
}

/** What an organisation has beside recorded posts: seats that nobody holds, and people filed under it. */
export function WithoutPost({ one, posts, empty, onDo }: WithoutPostProps) {
  const seats = useQuery(filedQuery(one.id, 'seat')).data?.items ?? [];
  const people = useQuery(filedQuery(one.id, 'person')).data;
  const now = posts.filter(({ state }) => state !== 'past');
  const vacant = seats.filter(({ id }) => !now.some(({ atId }) => atId === id));
  const filed = (people?.items ?? []).filter(
    ({ id }) => !posts.some(({ personId }) => personId === id),
  );
  const rows: RowProps[] = [
    ...vacant.map((seat) => ({
      whom: seat,
      words: 'Seat, vacant',
      action: 'Add a holder',
      onClick: () => onDo({ what: 'add', with: { atId: seat.id } }),
    })),
    ...filed.map((person) => ({
      whom: person,
      words: person.emails[0]?.address ?? '',
      action: 'Record the post',
      onClick: () => onDo({ what: 'add', with: { personId: person.id, atId: one.id } }),
    })),
  ];
  if (rows.length === 0) {
    return people && posts.length === 0 ? (
      <EmptyState title={empty.empty}>{empty.hint}</EmptyState>
    ) : null;
  }
  return (
    <>
      <h3 className={classes.group}>Without a recorded post</h3>
      <ul className={lines.list}>
        {rows.map((row) => (
          <Row key={row.whom.id} {...row} />
        ))}
      </ul>
    </>
  );
}

interface RowProps {
  whom: Stakeholder;
  words: string;
  action: string;
  onClick: () => void;
}

function Row({ whom, words, action, onClick }: RowProps) {
  const mayWrite = useMay('stakeholders:write');
  return (
    <li className={lines.row}>
      <div className={lines.body}>
        <p className={lines.head}>
          <TextLink to="/stakeholders/$id" params={{ id: whom.id }} fw={500}>
            {whom.name}
          </TextLink>
        </p>
        {words && <p className={classes.words}>{words}</p>}
      </div>
      {mayWrite && (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`${action}: ${whom.name}`}
          onClick={onClick}
        >
          {action}
        </Button>
      )}
    </li>
  );
}
