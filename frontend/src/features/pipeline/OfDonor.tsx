import { useQuery } from '@tanstack/react-query';
import type { Stakeholder } from '@/shared/api/types';
import { formatMajorMoney } from '@/shared/format/number';
import { useMay } from '@/shared/session/session';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { RowLink } from '@/shared/table/RowLink';
import { TextLink } from '@/shared/ui/links';
import { Section } from '@/shared/ui/Page';
import classes from './pipeline.module.css';
import { all, readPage } from './queries';
import { StageTag } from './StageTag';

/** What we ask of a donor, on the donor's page. */
export function OfDonor({ one }: { one: Stakeholder }) {
  const mayWrite = useMay('funding:write');
  const asked = { donorId: one.id, sort: '-updatedAt' };
  const query = useQuery({
    queryKey: [...all, 'of', asked],
    queryFn: ({ signal }) => readPage(asked, { limit: 20 }, signal),
  });
  return (
    <Section
      title="Pipeline"
      actions={
        mayWrite && (
          <TextLink to="/pipeline/new" search={{ donor: one.id }}>
            Add
          </TextLink>
        )
      }
    >
      <Ready query={query} loading={<LoadingRows rows={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="Nothing is asked of them." />
          ) : (
            <ul className={classes.lines}>
              {items.map((opportunity) => (
                <li key={opportunity.id}>
                  <span className={classes.grow}>
                    <RowLink to="/pipeline/$id" params={{ id: opportunity.id }}>
                      {opportunity.title}
                    </RowLink>
                  </span>
                  {opportunity.ask && (
                    <span className={classes.side}>
                      {formatMajorMoney(opportunity.ask.minor, opportunity.ask.currency)}
                    </span>
                  )}
                  <StageTag stage={opportunity.stage} />
                </li>
              ))}
            </ul>
          )
        }
      </Ready>
    </Section>
  );
}
