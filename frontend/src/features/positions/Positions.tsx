import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Position, Stakeholder } from '@/shared/api/types';
import lines from '@/shared/record/lines.module.css';
import { useMay } from '@/shared/session/session';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { Section } from '@/shared/ui/Page';
import { CourseRow } from './CourseRow';
import { PositionForm } from './PositionForm';
import { PrioritiesDialog } from './PrioritiesDialog';
import { coursesQuery, prioritiesQuery } from './queries';

type Doing =
  { what: 'add'; about?: string } | { what: 'edit'; position: Position } | { what: 'priorities' };

/** Where the stakeholder stands on what we work for. */
export function Positions({ one }: { one: Stakeholder }) {
  const courses = useQuery(coursesQuery(one.id));
  const plan = useQuery(prioritiesQuery).data;
  const mayWrite = useMay('advocacy:write') && !one.trashedAt;
  const [doing, setDoing] = useState<Doing | null>(null);
  const close = () => setDoing(null);
  const actions = mayWrite && plan && (
    <>
      <Button size="compact-sm" variant="subtle" onClick={() => setDoing({ what: 'priorities' })}>
        Priorities…
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => setDoing({ what: 'add' })}>
        Add a position
      </Button>
    </>
  );
  return (
    <Section title="Positions" actions={actions}>
      <Ready query={courses} loading={<LoadingRows rows={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No position is recorded.">
              Where they stand on our priorities, and by what we know it.
            </EmptyState>
          ) : (
            <ul className={lines.list} aria-label="Positions">
              {items.map((course) => (
                <CourseRow
                  key={course.priority.id}
                  course={course}
                  mayWrite={mayWrite}
                  onAdd={(about) => setDoing({ what: 'add', about })}
                  onEdit={(position) => setDoing({ what: 'edit', position })}
                />
              ))}
            </ul>
          )
        }
      </Ready>
      {plan && doing?.what === 'priorities' && <PrioritiesDialog plan={plan} onClose={close} />}
      {plan && doing && doing.what !== 'priorities' && (
        <PositionForm
          one={one}
          priorities={plan.priorities}
          position={doing.what === 'edit' ? doing.position : null}
          about={doing.what === 'add' ? doing.about : undefined}
          onClose={close}
        />
      )}
    </Section>
  );
}
