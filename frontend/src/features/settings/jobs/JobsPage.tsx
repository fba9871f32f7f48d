import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { LoadingRows, Ready } from '@/shared/states/states';
import { Page } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { JobRow } from './JobRow';
import { jobsQuery } from './queries';
import { RunHistory } from './RunHistory';

const route = getRouteApi('/house/settings/jobs');

export function JobsPage() {
  const search = route.useSearch();
  const jobs = useQuery(jobsQuery);
  return (
    <Page title="Jobs">
      <Ready query={jobs} loading={<LoadingRows rows={5} />}>
        {({ items }) => (
          <PlainTable label="Timetable" minWidth={680} stacked>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Job</Table.Th>
                <Table.Th>Next</Table.Th>
                <Table.Th w="38%">Last run</Table.Th>
                <Table.Th>
                  <span className="visually-hidden">Action</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((job) => (
                <JobRow key={job.name} job={job} />
              ))}
            </Table.Tbody>
          </PlainTable>
        )}
      </Ready>
      <RunHistory search={search} />
    </Page>
  );
}
