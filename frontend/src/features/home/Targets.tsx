import { useQuery } from '@tanstack/react-query';
import { askOf, formatMetric } from '@/shared/funding/metrics';
import { Track } from '@/shared/funding/Track';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { RowLink } from '@/shared/table/RowLink';
import { TextLink } from '@/shared/ui/links';
import { Section } from '@/shared/ui/Page';
import classes from './home.module.css';
import { standingQuery } from './standing';

/** What the board has set out to reach, and how far that is. */
export function Targets() {
  const standing = useQuery(standingQuery());
  return (
    <Section title="The board’s targets" actions={<TextLink to="/funding">All figures</TextLink>}>
      <Ready query={standing} loading={<LoadingRows rows={3} />}>
        {({ targets }) =>
          targets.length === 0 ? (
            <EmptyState title="No target is set yet.">
              The dashboard under Funding sets one, such as the share of one donor by a year.
            </EmptyState>
          ) : (
            <ul className={classes.rows}>
              {targets.map((aim) => (
                <li key={aim.id}>
                  <span className={classes.whole}>
                    <RowLink to="/funding">{askOf(aim)}</RowLink>
                  </span>
                  <span className={classes.side}>now {formatMetric(aim.metric, aim.now)}</span>
                  <Track of={aim} />
                </li>
              ))}
            </ul>
          )
        }
      </Ready>
    </Section>
  );
}
