import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Relation, RelationType, Stakeholder } from '@/shared/api/types';
import lines from '@/shared/record/lines.module.css';
import { useMay } from '@/shared/session/session';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { Folded } from '@/shared/ui/Folded';
import { Section } from '@/shared/ui/Page';
import type { DialogProps, Doing } from './dialogs';
import { EndForm } from './EndForm';
import { Network } from './Network';
import { relationsQuery, typesQuery } from './queries';
import { RelationForm } from './RelationForm';
import { RelationRow } from './RelationRow';

/** What links the record with others: a picture of today, and every relation in words. */
export function Relations({ one }: { one: Stakeholder }) {
  const relations = useQuery(relationsQuery(one.id));
  const types = useQuery(typesQuery).data?.items;
  const mayWrite = useMay('stakeholders:write');
  const [doing, setDoing] = useState<Doing | null>(null);
  const add = mayWrite && !one.trashedAt && types && (
    <Button size="compact-sm" variant="default" onClick={() => setDoing({ what: 'add' })}>
      Add a relation
    </Button>
  );
  return (
    <Section title="Relations" actions={add}>
      <Network one={one} />
      <Ready query={relations} loading={<LoadingRows rows={3} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No relation is recorded.">
              Who funds, oversees, advises or opposes whom: what one has to know before a meeting.
            </EmptyState>
          ) : (
            <Lists from={one.id} relations={items} types={types ?? []} onDo={setDoing} />
          )
        }
      </Ready>
      {doing && types && (
        <Dialog doing={doing} one={one} types={types} onClose={() => setDoing(null)} />
      )}
    </Section>
  );
}

interface ListsProps {
  from: string;
  relations: Relation[];
  types: RelationType[];
  onDo: (next: Doing) => void;
}

function Lists({ relations, ...row }: ListsProps) {
  const over = relations.filter(({ state }) => state === 'past');
  const now = relations.filter(({ state }) => state !== 'past');
  const list = (label: string, shown: Relation[]) => (
    <ul className={lines.list} aria-label={label}>
      {shown.map((relation) => (
        <RelationRow key={relation.id} relation={relation} {...row} />
      ))}
    </ul>
  );
  return (
    <>
      {now.length > 0 && list('Relations', now)}
      {over.length > 0 && (
        <Folded title={`Former relations (${over.length})`}>
          {list('Former relations', over)}
        </Folded>
      )}
    </>
  );
}

function Dialog({ doing, ...props }: DialogProps & { doing: Doing }) {
  switch (doing.what) {
    case 'add':
      return <RelationForm {...props} relation={null} />;
    case 'edit':
      return <RelationForm {...props} relation={doing.relation} />;
    case 'end':
      return <EndForm {...props} relation={doing.relation} />;
  }
}
