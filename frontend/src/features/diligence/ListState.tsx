import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { formatDate } from '@/shared/format/date';
import { formatCount } from '@/shared/format/number';
import { LoadingRows, Ready } from '@/shared/states/states';
import { Fact, Facts } from '@/shared/ui/Facts';
import { Section } from '@/shared/ui/Page';
import { When } from '@/shared/ui/When';
import { listQuery } from './queries';
import classes from './diligence.module.css';

/** Which list donors are held against, of when, and what came of it. */
export function ListState() {
  const query = useQuery(listQuery);
  return (
    <Section title="EU sanctions list">
      <Ready query={query} loading={<LoadingRows rows={5} />}>
        {(list) =>
          list.entries === 0 ? (
            <Alert color="yellow" variant="light">
              No list has come in yet, so nobody was looked for. It is fetched every night; an
              administrator can run the job “sanctions” now.
            </Alert>
          ) : (
            <>
              <Facts>
                <Fact name="Made by the EU">{formatDate((list.generated ?? '').slice(0, 10))}</Fact>
                <Fact name="Entries">
                  {formatCount(list.entries)}, with {formatCount(list.names)} names
                </Fact>
                <Fact name="Came in">{list.liveAt && <When at={list.liveAt} />}</Fact>
                <Fact name="Last compared">{list.checkedAt && <When at={list.checkedAt} />}</Fact>
                <Fact name="Last screening">
                  {list.screenedAt && (
                    <>
                      <When at={list.screenedAt} />, {formatCount(list.screened)} donors and parties
                      of agreements
                    </>
                  )}
                </Fact>
                <Fact name="To be judged">{formatCount(list.possible)}</Fact>
                <Fact name="Confirmed">{formatCount(list.confirmed)}</Fact>
              </Facts>
              <p className={classes.mute}>
                The consolidated list of persons, groups and entities subject to EU financial
                sanctions, as the European Commission publishes it.
              </p>
            </>
          )
        }
      </Ready>
    </Section>
  );
}
