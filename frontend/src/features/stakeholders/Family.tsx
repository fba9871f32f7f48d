import { useQuery } from '@tanstack/react-query';
import type { Stakeholder } from '@/shared/api/types';
import { formatTotal } from '@/shared/format/number';
import { useMay } from '@/shared/session/session';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { RowLink } from '@/shared/table/RowLink';
import { ButtonLink, TextLink } from '@/shared/ui/links';
import { Section } from '@/shared/ui/Page';
import { Roles } from './columns';
import { childrenQuery, stakeholderQuery } from './queries';
import classes from './RecordPage.module.css';

/** Where the record hangs in the tree of organisations, and what hangs below it. */
export function Family({ one }: { one: Stakeholder }) {
  return (
    <>
      {one.parentId && (
        <Section title="Part of">
          <Parent id={one.parentId} />
        </Section>
      )}
      {one.kind === 'organisation' && <Children one={one} />}
    </>
  );
}

function Parent({ id }: { id: string }) {
  const parent = useQuery(stakeholderQuery(id));
  return (
    <Ready query={parent} loading={<LoadingRows rows={1} />}>
      {({ name }) => (
        <p style={{ margin: 0 }}>
          <TextLink to="/stakeholders/$id" params={{ id }} fw={500}>
            {name}
          </TextLink>
        </p>
      )}
    </Ready>
  );
}

function Children({ one }: { one: Stakeholder }) {
  const children = useQuery(childrenQuery(one.id));
  const mayWrite = useMay('stakeholders:write');
  return (
    <Section
      title="People and units"
      aside={
        children.data &&
        children.data.total > 0 &&
        formatTotal(children.data.total, children.data.totalIsFloor)
      }
    >
      <Ready query={children} loading={<LoadingRows rows={3} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState
              title="Nobody is filed under this organisation."
              action={
                mayWrite && (
                  <ButtonLink to="/stakeholders/new" variant="default">
                    New stakeholder
                  </ButtonLink>
                )
              }
            >
              Choose it as the parent organisation of a person or a unit, and they show here.
            </EmptyState>
          ) : (
            <ul className={classes.rows}>
              {items.map((child) => (
                <li key={child.id}>
                  <span className={classes.grow}>
                    <RowLink to="/stakeholders/$id" params={{ id: child.id }}>
                      {child.name}
                    </RowLink>
                  </span>
                  <span className={classes.side}>{child.emails[0]?.address}</span>
                  <Roles roles={child.roles} />
                </li>
              ))}
            </ul>
          )
        }
      </Ready>
    </Section>
  );
}
