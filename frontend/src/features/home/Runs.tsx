import { useQuery } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import { say } from '@/shared/format/words';
import { jobWords } from '@/shared/runs/jobWords';
import { OutcomeTag } from '@/shared/runs/OutcomeTag';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { RowLink } from '@/shared/table/RowLink';
import { TextLink } from '@/shared/ui/links';
import { Section } from '@/shared/ui/Page';
import { When } from '@/shared/ui/When';
import classes from './home.module.css';

export function Runs() {
  const runs = useQuery({
    queryKey: ['runs', 'home'],
    queryFn: ({ signal }) => data(api.GET('/runs', { params: { query: { limit: 6 } }, signal })),
  });
  return (
    <Section title="Last job runs" actions={<TextLink to="/settings/jobs">Jobs</TextLink>}>
      <Ready query={runs} loading={<LoadingRows rows={6} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No job has run yet.">
              Jobs run on their timetable; you can also start one by hand.
            </EmptyState>
          ) : (
            <ul className={classes.rows}>
              {items.map((run) => (
                <li key={run.id}>
                  <span className={classes.job}>
                    <RowLink to="/settings/jobs/runs/$id" params={{ id: run.id }}>
                      {say(jobWords, run.job)}
                    </RowLink>
                  </span>
                  <span className={classes.message}>{run.message}</span>
                  <OutcomeTag outcome={run.outcome} />
                  <span className={classes.side}>
                    <When at={run.startedAt} short />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Ready>
    </Section>
  );
}
